import { describe, expect, it } from 'vitest'
import { listCommentedServices } from './commented-services'
import { appendLines, commentOut, insertAfter, removeService, replaceService, uncomment } from './edit-master'
import { listServices, parseMasterCf, printMasterCf, type Service } from './master-cf'
import { masterProblems } from './master-problems'

const first = (bytes: string): Service => {
  const [service] = listServices(parseMasterCf(bytes))
  if (!service) throw new Error(`expected a service in ${JSON.stringify(bytes)}`)
  return service
}
const optionsOf = (bytes: string) => first(bytes).options.map(({ name, value }) => [name, value])
const smtp = 'smtp inet n - y - - smtpd\n'
const head = '# top\n'
const tail = '# end\n\npickup unix n - y 60 1 pickup\n'

describe('a service', () => {
  it('has its fields as they are written', () => {
    const bytes = '# top\n203.0.113.48:25 inet n\t- y - 5? smtpd -v\n# why\n\t-o a=b {  x y } \n\n'
    const [service] = listServices(parseMasterCf(bytes))
    expect(service).toEqual({
      kind: 'service',
      raw: '203.0.113.48:25 inet n\t- y - 5? smtpd -v\n# why\n\t-o a=b {  x y } \n',
      line: 2,
      textLines: [2, 4],
      key: '203.0.113.48:25/inet',
      name: '203.0.113.48:25',
      host: '203.0.113.48',
      port: '25',
      type: 'inet',
      private: 'n',
      unpriv: '-',
      chroot: 'y',
      wakeup: '-',
      maxproc: '5?',
      command: 'smtpd',
      args: ['-v', '-o', 'a=b', 'x y'],
      options: [{ name: 'a', value: 'b' }],
    })
  })

  it('of another type has neither host nor port', () => {
    expect(first('a:b unix - - y - - smtp\n')).toMatchObject({ key: 'a:b/unix', host: null, port: null })
    expect(first('smtp inet n - y - - smtpd\n')).toMatchObject({ host: null, port: 'smtp' })
  })

  it('knows braces only behind its command', () => {
    expect(first('x{ unix - - y - - pipe\n  {a\n  b} {c}\n')).toMatchObject({ name: 'x{', args: ['a  b', 'c'] })
  })

  it.each<[string, [string, string][]]>([
    [
      '-o a=b -o c=',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    [
      '-oa=b -vo c=d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      '-o { a = b c } -o {d=e}',
      [
        ['a', 'b c'],
        ['d', 'e'],
      ],
    ],
    [
      '-o\n  a=b\n# why\n  -o { c =\n# why\n  d }',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['-o a={ b c }', [['a', '{ b c }']]],
    [
      '-o a=b=c -o a=d',
      [
        ['a', 'b=c'],
        ['a', 'd'],
      ],
    ],
    ['-v -D -i 5 -o a=b', [['a', 'b']]],
    ['-v -- -o a=b', []],
    ['- -o a=b', []],
    ['flags=R argv=/x -o a=b', []],
    ['-o a = b', []],
    ['-o a=b\r\n', [['a', 'b']]],
    ['-o a=b\0 -o c=d', [['a', 'b']]],
  ])('has the options of %j', (args, options) => {
    expect(optionsOf(`smtp inet n - y - - smtpd ${args}`)).toEqual(options)
  })
})

describe('edits of master.cf', () => {
  const service = 'smtp inet n - y - - smtpd\r\n# why\r\n\r\n  -o a=b\r\n'
  const doc = parseMasterCf(head + service + tail)

  it('comment out every line that is text, and back', () => {
    const off = commentOut(doc, 2)
    const lines = '#smtp inet n - y - - smtpd\r\n# why\r\n\r\n#  -o a=b\r\n'
    expect(printMasterCf(off)).toBe(head + lines + tail)
    expect(printMasterCf(uncomment(off, [2, 5]))).toBe(printMasterCf(doc))
  })

  it('uncomment nothing that is no service of its own', () => {
    expect(() => uncomment(doc, [1])).toThrow('do not make one service')
    expect(() => uncomment(doc, [2])).toThrow('Expected a commented-out line')
    const thief = parseMasterCf(`${smtp}#submission inet n - y - - smtpd\n  -o a=b\n`)
    expect(() => uncomment(thief, [2])).toThrow('Lines 2 of master.cf do not make one service')
  })

  it('take a service out and keep the comments in it', () => {
    expect(printMasterCf(removeService(doc, 2))).toBe(`${head}# why\r\n\r\n${tail}`)
  })

  it('put lines right behind a service', () => {
    expect(printMasterCf(insertAfter(doc, 2, '# new\n25 inet n - y - - smtpd'))).toBe(
      `${head}${service}# new\n25 inet n - y - - smtpd\n${tail}`,
    )
    expect(printMasterCf(insertAfter(parseMasterCf('a unix - - y - - a'), 1, smtp))).toBe(`a unix - - y - - a\n${smtp}`)
    expect(() => insertAfter(doc, 2, '# note\n  -o c=d\n')).toThrow('they would continue the service above')
  })

  it('put lines at the end', () => {
    expect(printMasterCf(appendLines(parseMasterCf('a unix - - y - - a'), smtp.trim()))).toBe(
      `a unix - - y - - a\n${smtp}`,
    )
    expect(() => appendLines(doc, ' -o a=b\n')).toThrow('they would continue the service above')
    expect(appendLines(doc, '')).toBe(doc)
  })

  it('exchange one service', () => {
    expect(printMasterCf(replaceService(doc, 2, '25 inet n - y - - smtpd'))).toBe(
      `${head}25 inet n - y - - smtpd\n${tail}`,
    )
  })

  it.each([1, 3, 99])('refuse line %i, where no service begins', (line) => {
    expect(() => commentOut(doc, line)).toThrow(`Expected a service of master.cf at line ${line}`)
  })
})

describe('services that are comments', () => {
  const listed = (bytes: string) =>
    listCommentedServices(parseMasterCf(bytes)).map(({ service, lines, isSure }) => ({
      key: service.key,
      lines,
      isSure,
    }))

  it('are found with their lines, past text that only explains', () => {
    const bytes = `# service type  private unpriv  chroot  wakeup  maxproc command
#               (yes)   (yes)   (no)    (never) (100)
#smtp inet n - y - 1 postscreen
#submission inet n - y - - smtpd
#  -o a=b
#     One may say this
#     elsewhere, in "a=b".
#  -o { c = d,
#    e }
# Choose one.

#  -o f=g
#box unix - n n - - pipe
#\tflags=R user=x argv=/x
#\t\${user}
smtp inet n - y - - smtpd
`
    expect(listed(bytes)).toEqual([
      { key: 'smtp/inet', lines: [3], isSure: true },
      { key: 'submission/inet', lines: [4, 5, 8, 9, 12], isSure: true },
      { key: 'box/unix', lines: [13, 14, 15], isSure: true },
    ])
    const on = uncomment(parseMasterCf(bytes), [4, 5, 8, 9, 12])
    expect(listServices(on)[0]?.options).toEqual([
      { name: 'a', value: 'b' },
      { name: 'c', value: 'd,    e' },
      { name: 'f', value: 'g' },
    ])
  })

  it('are unsure where options follow that are indented otherwise', () => {
    const bytes = '#relay unix - - y - - smtp\n#        -o a=b\n#       -o c=d\nx unix - - y - - x\n'
    expect(listed(bytes)).toEqual([{ key: 'relay/unix', lines: [1, 2], isSure: false }])
  })

  it('end where text follows a blank line', () => {
    const bytes = '#a unix - - y - - a\n\n# Options look like this:\n#  -o c=d\n'
    expect(listed(bytes)).toEqual([{ key: 'a/unix', lines: [1], isSure: true }])
  })

  it.each([
    '##smtp inet n - y - - smtpd\n',
    '# smtp inet n - y - - smtpd\n',
    ' #smtp inet n - y - - smtpd\n',
    '#smtp inet n - y - smtpd\n',
    '#smtp tcp n - y - - smtpd\n',
    '#smtp inet x - y - - smtpd\n',
    '#smtp inet n - y a - smtpd\n',
    '#Use inet for what comes from other machines, and unix\n',
    'a unix - - y - - a\n#smtp inet n - y - - smtpd\n  -o a=b\n',
    'broken\n#smtp inet n - y - - smtpd\n  -o a=b\n',
  ])('are not taken for %j', (bytes) => expect(listed(bytes)).toEqual([]))

  it('end where another one begins, even a wrong one', () => {
    expect(listed('#a unix - - y - - a\n#b unix - -\n#  -o c=d\n')).toEqual([
      { key: 'a/unix', lines: [1], isSure: true },
    ])
  })
})

describe('the problems of master.cf', () => {
  const problems = (bytes: string) =>
    masterProblems(parseMasterCf(bytes)).map(({ line, kind, text }) => [line, kind, text])

  it.each([
    ['  -o a=b\nx unix - - y - - x\n', 1, 'warning', 'continues nothing'],
    ['smtp inet n - y - -\n', 1, 'fatal', 'this has 7'],
    ['smtp tcp n - y - - smtpd\n', 1, 'fatal', 'The type "tcp" does not exist'],
    ['smtp inet yes - y - - smtpd\n', 1, 'fatal', 'expected y, n or - for private'],
    ['smtp inet n - Y - - smtpd\n', 1, 'fatal', 'for chroot, got "Y"'],
    ['smtp inet - - y - - smtpd\n', 1, 'fatal', 'cannot be private'],
    ['smtp inet n - y -? - smtpd\n', 1, 'fatal', 'for wakeup'],
    ['smtp inet n - y 5? many smtpd\n', 1, 'fatal', 'for maxproc'],
    ['smtp inet n - y - - -\n', 1, 'fatal', 'expected a program for command'],
    ['2001:db8::25 inet n - y - - smtpd\n', 1, 'fatal', '"2001:db8:" is neither'],
    ['2001:db8::5:25 inet n - y - - smtpd\n', 1, 'warning', 'write [2001:db8::5]:25'],
    ['smtp inet n - y - - smtpd -o a = b\n', 1, 'fatal', 'no "=" after "a"'],
    ['smtp inet n - y - - smtpd -o\n', 1, 'fatal', '-o lacks its value'],
    ['smtp inet n - y - - smtpd { a\n', 1, 'fatal', 'closing brace'],
    ['smtp inet n - y - - smtpd \0 -v\n', 1, 'warning', 'NUL'],
    ['\0smtp inet n - y - - smtpd\n', 1, 'fatal', 'this has 0'],
    [`${smtp}# a\n${smtp}`, 3, 'warning', 'the same service as that of line 1'],
    [`${smtp}25 inet n - y - - smtpd\n`, 2, 'warning', 'the same service'],
  ])('%j', (bytes, line, kind, text) => {
    expect(problems(bytes)[0]).toEqual([line, kind, expect.stringContaining(text)])
  })

  it.each([
    [`${smtp}smtp unix - - y - - smtp\n`],
    ['a unix n - y - - x\na unix - - y - - y\n'],
    [`${smtp}127.0.0.1:smtp inet n - y - - smtpd\n`],
  ])('are none in %j', (bytes) => expect(problems(bytes)).toEqual([]))
})
