import { describe, expect, it } from 'vitest'
import { renamed, withOption, withoutOption } from './edit-service'
import { listServices, parseMasterCf, type Service } from './master-cf'

const first = (bytes: string): Service => {
  const [service] = listServices(parseMasterCf(bytes))
  if (!service) throw new Error(`expected a service in ${JSON.stringify(bytes)}`)
  return service
}
const smtp = 'smtp inet n - y - - smtpd\n'
const pipe = 'box unix - n n - - pipe\n  flags=R user=vmail argv=/bin/box -o x=y\n'

describe('a service under another name', () => {
  it('keeps every other byte', () => {
    const bytes = 'smtp      inet  n\t-       y -  - smtpd\r\n# smtp\n  -o smtp=smtp\n'
    expect(renamed(first(bytes), '[2001:db8::48]:smtp')).toBe(`[2001:db8::48]:smtp${bytes.slice(4)}`)
  })

  it.each(['', 'a b', '#smtp', 'a\n', '2001:db8::25', '[::1]'])('is never called %j', (name) => {
    expect(() => renamed(first(smtp), name)).toThrow(/Expected the name of a service|No service can listen on/)
  })
})

describe('an option', () => {
  const withA = (bytes: string, value = 'new', allowBraces = true) =>
    withOption(first(bytes), 'a', value, { allowBraces })

  it.each([
    ['is changed where it stands', `${smtp}  -o b=1 -o a=2\t-o c=3\n`, `${smtp}  -o b=1 -o a=new\t-o c=3\n`],
    ['is changed in its last place', `${smtp}  -o a=1\n  -o a=2\n`, `${smtp}  -o a=1\n  -o a=new\n`],
    ['is changed with its flag', `${smtp} -oa=1 -voa=2 \r\n`, `${smtp} -oa=1 -voa=new \r\n`],
    ['keeps its braces', `${smtp} -o { a = 1 2 }\n`, `${smtp} -o { a = new }\n`],
    [
      'is changed over lines',
      `${smtp} -o {a=1,\n# why\n\n   2} -v\n -D\n`,
      `${smtp} -o { a = new }\n# why\n\n   -v\n -D\n`,
    ],
    ['is changed below its flag', `${smtp} -o\n# why\n  a=1\n`, `${smtp} -o\n# why\n  a=new\n`],
    ['comes last, indented as the others', `${smtp}\t-o b=1\n     -v\n`, `${smtp}\t-o b=1\n     -v\n\t-o a=new\n`],
    ['comes last, with its line end', smtp.replace('\n', '\r\n'), `${smtp.replace('\n', '\r\n')}  -o a=new\r\n`],
    ['ends the line before it', smtp.trim(), `${smtp}  -o a=new\n`],
    ['stands before what pipe(8) gets', pipe, pipe.replace('\n', '\n  -o a=new\n')],
    [
      'stands before it on one line',
      pipe.replace('\n ', ''),
      pipe.replace('\n ', '').replace('flags', '-o a=new flags'),
    ],
    ['stands behind the others there', pipe.replace('\n', ' -v\n# c\n'), pipe.replace('\n', ' -v\n# c\n  -o a=new\n')],
    ['stays as it is', `${smtp} -o { a =  new }\n# end\n`, `${smtp} -o { a =  new }\n`],
  ])('%s', (_, before, after) => {
    expect(withA(before)).toBe(after)
    expect(withA(after)).toBe(after)
  })

  it('with spaces needs braces, which Postfix before 3.0 does not know', () => {
    expect(withA(`${smtp} -o a=1\n`, 'x, y')).toBe(`${smtp} -o { a = x, y }\n`)
    expect(withA(`${smtp} -oa=1\n`, 'x, y')).toBe(`${smtp} -o { a = x, y }\n`)
    expect(withA(smtp, 'x, y')).toBe(`${smtp}  -o { a = x, y }\n`)
    expect(withA(smtp, 'x,y', false)).toBe(`${smtp}  -o a=x,y\n`)
    expect(() => withA(smtp, 'x, y', false)).toThrow('needs Postfix 3.0')
  })

  it('may be empty, or have braces in its value', () => {
    expect(withA(`${smtp} -o { a = 1 }\n`, '')).toBe(`${smtp} -o a=\n`)
    expect(withA(smtp, `\${b?{c}:{d e}}`)).toBe(`${smtp}  -o { a = \${b?{c}:{d e}} }\n`)
  })

  it.each(['{', '}{', 'a}', 'a\nb', 'a\0', '\u20ac'])('is refused with the value %j', (value) => {
    expect(() => withA(smtp, value)).toThrow('The value of a has')
  })

  it.each([
    ['smtp inet n - y - - smtpd -o', '-o lacks its value'],
    ['smtp inet n - y - - smtpd -o b = c', 'has no "=" after "b"'],
    ['smtp inet n - y - - smtpd \0 -v', 'NUL byte'],
    ['smtp inet n - y - - smtpd\n  -o { b = c\n', 'no "=" after "{"'],
  ])('is not put into %j: %s', (bytes, why) => expect(() => withA(bytes)).toThrow(why))

  it.each([
    ['with its line', `${smtp}  -o b=1\n  -o a=1\n  -o c=1\n`, `${smtp}  -o b=1\n  -o c=1\n`],
    ['everywhere', `${smtp.trim()} -o a=0\n  -oa=1 -v -o { a = 2\n# why\n  3 } -D\n`, `${smtp}  -v\n# why\n  -D\n`],
    ['and leaves its other flag', `${smtp} -vo a=1 -voa=2\r\n`, `${smtp} -v -v\r\n`],
    ['and leaves what pipe(8) gets', pipe.replace('pipe\n', 'pipe -o a=b\n'), pipe],
    ['and leaves others with their spacing', `${smtp}  -o a=1\t -o b=2\n`, `${smtp}  -o b=2\n`],
    ['nowhere', `${smtp}  -o b=1\n`, `${smtp}  -o b=1\n`],
  ])('is taken out %s', (_, before, after) => expect(withoutOption(first(before), 'a')).toBe(after))

  it('is not taken out when what follows would become a comment', () => {
    expect(() => withoutOption(first(`${smtp}  -o a=1 #2\n`), 'a')).toThrow('cannot be changed safely')
  })
})
