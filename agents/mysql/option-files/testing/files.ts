import fc from 'fast-check'

const piece = fc.constantFrom(
  ...['a', 'b_c', 'loose-x', '=', ' = ', ' ', '\t', '\r', '\n', '\r\n', '\n#', '\n;', '\0', '\f', '\v', '\xa0', '\x85'],
  ...[
    '"',
    "'",
    '\\',
    '\\s',
    '\\"',
    '#',
    ' # x',
    '[',
    ']',
    '\n[mysqld]\n',
    '[a',
    '!',
    '\n!include /x',
    '!includedir /d\n',
  ],
  ...['\xef\xbb\xbf', '\xff', '1M', '4G', ';'],
)

/** Pieces of option files in any order, any bytes, and any other strings. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.string({ unit: 'binary' }),
)

export const optionName = fc.constantFrom('a', 'b_c', 'b-c', 'loose-b_c', 'loose_a', 'max_connections', 'skip-x')

/** Values that a file can hold in one line. */
export const anyValue: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '1',
    '128M',
    '/var/lib/my sql',
    'a#b',
    ' x ',
    '"',
    "'",
    '"x"',
    "'x'",
    '\\',
    'a\\',
    'C:\\new',
    '\\s',
  ),
  fc.constantFrom("don't", 'a "b" c', '\xa0x', 'x\t', '\t', '=', ';', '# x', '\\"', '"\\', 'a,b;c'),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) }),
)

const written = fc.oneof(
  fc.constantFrom('1', '"a b"', "'a#b'", '', '"', 'x # y', "don't", '"a\\"b"', 'a\\tb', '128M\0hidden', '\xa0z'),
  fc.string({ unit: 'grapheme-ascii' }),
)
const optionLine = fc
  .tuple(
    fc.constantFrom('', '', '  ', '\t'),
    optionName,
    fc.constantFrom('=', ' = ', '\t=\t', '=  '),
    written,
    fc.constantFrom('', '', ' # note', '  '),
  )
  .map((parts) => parts.join(''))
const line = fc.oneof(
  { weight: 4, arbitrary: optionLine },
  { weight: 1, arbitrary: optionName },
  {
    weight: 2,
    arbitrary: fc.constantFrom('[mysqld]', '[MYSQLD]', ' [mysqld ] x', '[client]', '[mysqld-10.11]', '[mariadb]'),
  },
  { weight: 2, arbitrary: fc.constantFrom('', '  ', '# note', ';a=1', '#a = 1') },
  { weight: 1, arbitrary: fc.constantFrom('!include /a.cnf', '!includedir /d/', '[broken', '= 1', '!what', '\0') },
)

/** Option files, sound ones and others. */
export const anyFile: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '[mysqld]\n', '[mysqld]\r\n', '\xef\xbb\xbf[mysqld]\n'),
    fc.array(
      fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n')).map((parts) => parts.join('')),
      { maxLength: 12 },
    ),
    fc.boolean(),
  )
  .map(([start, lines, isEnded]) => start + (isEnded ? lines.join('') : lines.join('').replace(/\r?\n$/, '')))
