import { describe, expect, it } from 'vitest'
import { MAX_LINE, parseOptionFile, printOptionFile } from './document'

/** What the server would take from a file, as my_print_defaults prints it, without the dashes. */
function read(bytes: string): string[] {
  return parseOptionFile(bytes).lines.flatMap((line) => {
    if (line.kind === 'option') return [line.value === null ? line.name : `${line.name}=${line.value}`]
    if (line.kind === 'group') return [`[${line.name}]`]
    if (line.kind === 'include' || line.kind === 'includedir') return [`${line.kind} ${line.path}`]
    return line.kind === 'odd' ? [`odd: ${line.why}`] : []
  })
}

const option = (text: string) => read(`[g]\n${text}\n`).slice(1)

// Each was seen with my_print_defaults of MariaDB 10.11.19.
describe('an option', () => {
  it.each([
    ['a=1', 'a=1'],
    [' b = 2 ', 'b=2'],
    ['c', 'c'],
    ['d=', 'd='],
    ['e= "x y" # c', 'e=x y'],
    ["f='a#b'#c", 'f=a#b'],
    ["g=don't # keep", "g=don't # keep"],
    ['h="a" b"', 'h=a" b'],
    ['i="', 'i="'],
    ['i2=""', 'i2='],
    ['j=a\\#b', 'j=a\\'],
    ['k="a\\"b#c"', 'k=a"b#c'],
    ['l=a\\tb\\sc\\qd\\\\e\\', 'l=a\tb c\\qd\\e\\'],
    ['m="a\\"', 'm=a\\'],
    ['n = x;y ; z', 'n=x;y ; z'],
    ['o = #x', 'o='],
    ['p # = x', 'p'],
    ['q = = y', 'q== y'],
    ['a b = c d', 'a b=c d'],
    ['-x=1', '-x=1'],
    ['a\\sb=1', 'a\\sb=1'],
    ['"r"=1', '"r"=1'],
    ['s=\xa0x\xa0', 's=x'],
    ['t=\x85', 't=\x85'],
    ['\xa0u=1', 'u=1'],
    ['v=1\0zzz', 'v=1'],
    ['w\0=2', 'w'],
    ['x=y\\r\r', 'x=y\r'],
    ['= 5', 'odd: no-name'],
    ['  = 5', 'odd: no-name'],
    ['oops[', 'oops['],
  ])('%j is %j', (text, expected) => expect(option(text)).toEqual([expected]))

  it.each(['', '   ', '\xa0', '\0a=1', '# a=1', '  ; a=1', '\t#'])('is not in %j', (text) =>
    expect(option(text)).toEqual([]),
  )

  it('ends where the server stops to read a line', () => {
    expect(option(`a=${'x'.repeat(MAX_LINE - 2)}`)).toEqual([`a=${'x'.repeat(MAX_LINE - 2)}`])
    expect(option(`a=${'x'.repeat(MAX_LINE - 1)}`)).toEqual(['odd: too-long'])
    expect(option(`# ${'x'.repeat(MAX_LINE)}`)).toEqual(['odd: too-long'])
  })
})

describe('a group', () => {
  it.each([
    ['[mysqld]', '[mysqld]'],
    ['[mysqld ]', '[mysqld]'],
    ['[ mysqld]', '[ mysqld]'],
    ['  [MySQLd] junk', '[MySQLd]'],
    ['[mysqld]]', '[mysqld]'],
    ['[mysqld]e=1', '[mysqld]'],
    ['[mysqld]\r', '[mysqld]'],
    ['[]', '[]'],
    ['[ ]', '[]'],
    ['[broken', 'odd: open-group'],
    ['[bro\0ken]', 'odd: open-group'],
    ['a = 1', 'odd: no-group'],
    ['\xef\xbb\xbf[mysqld]', 'odd: byte-order-mark'],
    ['\xef\xbb\xbf# comment', 'odd: byte-order-mark'],
  ])('%j is %j', (text, expected) => expect(read(`${text}\n`)).toEqual([expected]))
})

describe('an include', () => {
  it.each([
    ['!include /a.cnf\n', 'include /a.cnf'],
    [' ! \t include  /a b.cnf \r\n', 'include /a b.cnf'],
    ['!includedir /d/\n', 'includedir /d/'],
    ['!includedir\xa0/d\n', 'includedir /d'],
    ['!include "/a.cnf"\n', 'include "/a.cnf"'],
    ['!include /a.cnf # why\n', 'include /a.cnf # why'],
    ['!include   \n', 'odd: no-path'],
    ['!include\n', 'odd: no-path'],
    ['!include', 'odd: unknown-directive'],
    ['!includex /a\n', 'odd: unknown-directive'],
    ['!Include /a\n', 'odd: unknown-directive'],
    ['!\n', 'odd: unknown-directive'],
    // The server takes the last character for a newline.
    ['!include /a.cnf', 'include /a.cn'],
    ['!include /a.cnf ', 'include /a.cnf'],
    ['!include x', 'odd: no-path'],
  ])('%j is %j', (text, expected) => expect(read(text)).toEqual([expected]))

  it('leaves the group as it is', () => {
    const lines = parseOptionFile('[mysqld]\n!include /a.cnf\na=1\n').lines
    expect(lines.map(({ kind, line }) => `${line} ${kind}`)).toEqual(['1 group', '2 include', '3 option'])
  })
})

it.each(['', '\n', '[a]\r\nb=1\r\n', '[a]\nb', '\0', '\r', '\xef\xbb\xbf[a]\n', 'a\n\n\n'])(
  '%j is printed as it was parsed',
  (bytes) => expect(printOptionFile(parseOptionFile(bytes))).toBe(bytes),
)
