import { describe, expect, it } from 'vitest'
import { findParameter, listParameters, parseMainCf, printMainCf, removeParameter, setParameter } from './main-cf'
import { mainProblems } from './main-problems'

const values = (bytes: string) => listParameters(parseMainCf(bytes)).map(({ name, value }) => [name, value])
const set = (bytes: string, name: string, value: string) => printMainCf(setParameter(parseMainCf(bytes), name, value))
const removed = (bytes: string, name: string) => printMainCf(removeParameter(parseMainCf(bytes), name))

describe('main.cf is read as Postfix reads it', () => {
  // Each pair was compared with what Postfix 3.7's own functions make of it.
  it.each<[string, [string, string][]]>([
    ['a = 1\n', [['a', '1']]],
    ['a=1', [['a', '1']]],
    ['a\t=\t 1 \t\n', [['a', '1']]],
    ['a =\n', [['a', '']]],
    ['a = x,\n  y,\n\tz\n', [['a', 'x,  y,\tz']]],
    [
      'a = x,\n# why\n\n  # also\n  y\nb = 2\n',
      [
        ['a', 'x,  y'],
        ['b', '2'],
      ],
    ],
    ['a\n = 1\n', [['a', '1']]],
    ['a =\n 1\n', [['a', '1']]],
    [
      'a = 1\r\n\r\n b\r\nc = 2\r\n',
      [
        ['a', '1\r b'],
        ['c', '2'],
      ],
    ],
    ['a = #1\n', [['a', '#1']]],
    ['a = b = c\n', [['a', 'b = c']]],
    [
      'a = x\0y\n z\nb = 2\n',
      [
        ['a', 'x'],
        ['b', '2'],
      ],
    ],
    [
      'a = x\xa0\n\xa0 = y\n',
      [
        ['a', 'x\xa0'],
        ['\xa0', 'y'],
      ],
    ],
    ['a = x\n\fy\n\vz\n', [['a', 'x\fy\vz']]],
    ['  a = 1\n  b = 2\nc = 3\n', [['c', '3']]],
    ['a 1\n= 2\nb\0 = 3\nc = 4\n', [['c', '4']]],
    [
      'a = 1\na = 2\n',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['', []],
  ])('%j', (bytes, expected) => {
    expect(values(bytes)).toEqual(expected)
    expect(printMainCf(parseMainCf(bytes))).toBe(bytes)
  })

  it('takes the last of several, and says where it begins', () => {
    const doc = parseMainCf('# note\n\na = 1\nA = 9\na = 2,\n  3\n')
    expect(findParameter(doc, 'a')).toEqual({ name: 'a', value: '2,  3', line: 5 })
    expect(findParameter(doc, 'b')).toBeNull()
  })
})

describe('setting a parameter', () => {
  it.each([
    ['keeps the spacing', 'x = 0\na\t=  1\nb = 2\n', 'x = 0\na\t=  9\nb = 2\n'],
    ['keeps a missing spacing', 'a=1\n', 'a=9\n'],
    ['keeps carriage returns', 'a = 1\r\nb = 2\r\n', 'a = 9\r\nb = 2\r\n'],
    ['keeps a missing end', 'b = 2\na = 1', 'b = 2\na = 9'],
    ['changes the last one', 'a = 1\na = 2\n', 'a = 1\na = 9\n'],
    ['makes one line of many', 'a = 1,\n  2,\n  3\nb = 2\n', 'a = 9\nb = 2\n'],
    ['keeps comments between them', 'a = 1,\n# one\n\n  2\n# two\nb = 2\n', 'a = 9\n# one\n\n# two\nb = 2\n'],
    ['knows a value that began below', 'a =\n  1\n', 'a = 9\n'],
    ['knows one that began below without spaces', 'a=\n  1\n', 'a=9\n'],
    ['knows a "=" that stands below', 'a\r\n  =1\r\n', 'a = 9\r\n'],
    ['fills an empty one', 'a =\nb = 2\n', 'a = 9\nb = 2\n'],
    ['puts a new one at the end', '# end\n', '# end\na = 9\n'],
    ['ends the last line before', 'b = 2', 'b = 2\na = 9\n'],
    ['ends it as the others end', 'b = 2\r\nc = 3', 'b = 2\r\nc = 3\r\na = 9\r\n'],
    ['does not fall for an indented one', '  a = 1\n', '  a = 1\na = 9\n'],
    ['does not fall for a comment', '#a = 1\n', '#a = 1\na = 9\n'],
    ['writes into an empty file', '', 'a = 9\n'],
    ['leaves what says so already', 'a = 1\na =   9  \t\r\n', 'a = 1\na =   9  \t\r\n'],
    ['leaves what says so in two lines', 'a =\n # it is\n 9\n', 'a =\n # it is\n 9\n'],
  ])('%s', (_, before, after) => {
    expect(set(before, 'a', ' 9 ')).toBe(after)
  })

  it('writes an empty value without a blank at the end', () => {
    expect(set('a = 1\n', 'a', '')).toBe('a =\n')
    expect(set('b = 1\n', 'a', '')).toBe('b = 1\na =\n')
    expect(set('a = \n', 'a', '')).toBe('a = \n')
  })

  it('takes the names that transports give', () => {
    expect(set('', 'smtp-amavis_destination_recipient_limit', '5')).toBe(
      'smtp-amavis_destination_recipient_limit = 5\n',
    )
  })

  it.each(['1\n2', '1\n', '1\r', 'a\0', '\x1b[1m', '€'])('refuses the value %j', (value) => {
    expect(() => set('a = 1\n', 'a', value)).toThrow('The value of a has')
  })

  it.each(['', 'a b', 'a=b', '#a', 'a\n', ' a', '-a', 'ä'])('refuses the name %j', (name) => {
    expect(() => set('a = 1\n', name, '1')).toThrow('Expected the name of a parameter')
  })
})

describe('removing a parameter', () => {
  it.each([
    ['a = 1\nb = 2\na = 3\n', 'b = 2\n'],
    ['# top\na = 1,\n# one\n\n  2\n# two\nb = 2\n', '# top\n# one\n\n# two\nb = 2\n'],
    ['b = 2\r\na = 1', 'b = 2\r\n'],
    ['  a = 1\nab = 2\n#a = 1\n', '  a = 1\nab = 2\n#a = 1\n'],
  ])('%j', (before, after) => expect(removed(before, 'a')).toBe(after))
})

describe('the problems of main.cf', () => {
  it('are told with their lines', () => {
    const bytes =
      '  lost = 1\n  too\n# note\nmyhostname oak\n= x\na!b = 1\nx-y.z_limit = 2\na = 1\0 2\na = 3\nb = 1\na = 3\n'
    expect(mainProblems(parseMainCf(bytes))).toEqual([
      {
        line: 1,
        kind: 'warning',
        text: 'What begins with "lost" is indented but continues nothing: Postfix ignores it.',
      },
      { line: 4, kind: 'fatal', text: 'The line has no "=" after "myhostname".' },
      { line: 5, kind: 'fatal', text: 'The line has no name before its "=".' },
      { line: 6, kind: 'warning', text: 'No parameter is called "a!b".' },
      { line: 8, kind: 'warning', text: expect.stringContaining('NUL') },
      { line: 9, kind: 'info', text: 'a stood in line 8 already: Postfix takes the last one.' },
      { line: 11, kind: 'info', text: 'a stood in line 9 already: Postfix takes the last one.' },
    ])
  })

  it('are none in a good file', () => {
    expect(mainProblems(parseMainCf('# a\n\na = 1,\n  2\nb =\n'))).toEqual([])
  })
})
