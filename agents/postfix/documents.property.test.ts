import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listCommentedServices } from './commented-services'
import { appendLines, commentOut, insertAfter, removeService, replaceService, uncomment } from './edit-master'
import { renamed, withOption, withoutOption } from './edit-service'
import { physicalLines } from './logical-lines'
import { findParameter, listParameters, parseMainCf, printMainCf, removeParameter, setParameter } from './main-cf'
import { mainProblems } from './main-problems'
import { listServices, type MasterCf, parseMasterCf, printMasterCf } from './master-cf'
import { masterProblems } from './master-problems'

// 10,400 documents in all. A failure names its seed and path.

const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\n# why\n', '\n\t # why\n  \n', '')
const piece = fc.constantFrom(
  ...['a', 'b', 'name', '=', ' = ', ' ', '\t', '\r', '\n', '\n ', '\r\n', '#', '\n#', '\0', '\f', '\v', '\xa0', '\x85'],
  ...['{', '}', '-o', ' -o a=b', '$x', '\xff', 'smtp inet n - y - - smtpd', '[::1]:25 inet', 'unix - ', ',', '"', '\\'],
)
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
const anything = fc.oneof(soup, anyBytes, fc.string({ unit: 'binary' }))

const name = fc.constantFrom('a', 'b_c', 'mydestination', 'smtp-x_limit')
const mainLine = fc.oneof(
  fc
    .tuple(
      name,
      fc.constantFrom('=', ' = ', '\t=  ', ' =', ' =\n  '),
      fc.constantFrom('', '1', 'x, y', '$b', '#', 'z  '),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('  more', '\tb = 2', '# note', '#a = 1', '', '   ', 'broken', '= broken', 'a = 1\0\n 2'),
)
const mainFile = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.tuple(mainLine, lineEnd).map((parts) => parts.join('')),
        { maxLength: 15 },
      )
      .map((lines) => lines.join('')),
  },
  { weight: 1, arbitrary: soup },
)
const value = fc.oneof(
  fc.constantFrom('', '1', 'x, y', '#', ' = ', '  z '),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.string({ unit: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) }),
)

const mainValues = (bytes: string) => listParameters(parseMainCf(bytes)).map((parameter) => ({ ...parameter, line: 0 }))
const commentsIn = (bytes: string) =>
  physicalLines(bytes)
    .filter(({ isText }) => !isText)
    .map(({ raw }) => raw.trimEnd())
const linesIn = (bytes: string) => bytes.split('\n')

/** What of two texts differs, in whole lines: the lines that went, and those that came. */
function difference(before: string, after: string): { gone: string[]; came: string[] } {
  const [old, now] = [linesIn(before), linesIn(after)]
  let head = 0
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  return { gone: old.slice(head, old.length - tail), came: now.slice(head, now.length - tail) }
}

describe('any bytes', () => {
  it('are printed as they were parsed, and judged without a fall', () => {
    const files = fc.oneof(anything, mainFile)
    fc.assert(
      fc.property(files, (bytes) => {
        expect(printMainCf(parseMainCf(bytes))).toBe(bytes)
        expect(printMasterCf(parseMasterCf(bytes))).toBe(bytes)
        for (const { line } of [...mainProblems(parseMainCf(bytes)), ...masterProblems(parseMasterCf(bytes))]) {
          expect(line).toBeLessThanOrEqual(linesIn(bytes).length)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('main.cf', () => {
  it('has a parameter set: found again, once, and nothing else touched', () => {
    fc.assert(
      fc.property(mainFile, name, value, (bytes, key, text) => {
        const doc = parseMainCf(bytes)
        const before = findParameter(doc, key)
        const after = printMainCf(setParameter(doc, key, text))
        const wanted = text.replace(/^[ \t]+|[ \t]+$/g, '')
        expect(findParameter(parseMainCf(after), key)?.value).toBe(wanted)
        expect(printMainCf(setParameter(parseMainCf(after), key, text))).toBe(after)
        if (before?.value === wanted) expect(after).toBe(bytes)
        const others = (all: string) => mainValues(all).filter((parameter) => parameter.name !== key)
        expect(others(after)).toEqual(others(bytes))
        expect(commentsIn(after)).toEqual(commentsIn(bytes))
        const { gone, came } = difference(bytes, after)
        expect(came.filter((line) => line !== '' && !gone.includes(line)).length).toBeLessThanOrEqual(2)
        if (before) expect(linesIn(after).slice(0, before.line - 1)).toEqual(linesIn(bytes).slice(0, before.line - 1))
        else expect(after.startsWith(bytes)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('has a parameter removed: gone, and nothing else touched', () => {
    fc.assert(
      fc.property(mainFile, name, (bytes, key) => {
        const after = printMainCf(removeParameter(parseMainCf(bytes), key))
        expect(findParameter(parseMainCf(after), key)).toBeNull()
        expect(mainValues(after)).toEqual(mainValues(bytes).filter((parameter) => parameter.name !== key))
        expect(commentsIn(after)).toEqual(commentsIn(bytes))
        if (findParameter(parseMainCf(bytes), key) === null) expect(after).toBe(bytes)
      }),
      { numRuns: 1000 },
    )
  })
})

const option = fc.constantFrom(
  '-o a=1',
  '-o b_c=x,y',
  '-oa=2',
  '-v',
  '-o { a = x, y }',
  '-o c={ d }',
  '-vo a=3',
  '-o\n  a=4',
  '-o {a =\n\t5}',
)
const break1 = fc.constantFrom('\n  ', '\n\t', '\r\n    ', '\n# note\n  ', '\n\n  ', ' ', '\n  # -o a=9\n      ')
const own = fc.constantFrom('', '', ' flags=R argv=/x -o a=b', '\n  user=x argv=/y\n  $user', ' -- -o a=b')
const serviceText = fc
  .tuple(
    fc.constantFrom('smtp', '25', '[::1]:smtp', '192.0.2.1:25', 'x-y'),
    fc.constantFrom(
      ' inet n - y - - smtpd',
      '\tunix -\t-  n 300? 1\tpipe',
      '      unix\n  - - y - -\n  smtp',
      ' pass - - n - 0 smtpd',
    ),
    fc.array(
      fc.tuple(break1, option).map((parts) => parts.join('')),
      { maxLength: 4 },
    ),
    own,
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([first, fields, options, rest, end]) => `${first}${fields}${options.join('')}${rest}${end}`)
const masterPart = fc.oneof(
  { weight: 3, arbitrary: serviceText },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '# note\n',
      '\n',
      '#smtp inet n - y - - smtpd\n',
      '#  -o a=7\n',
      'broken\n',
      '#b unix - -\n',
    ),
  },
)
const masterFile = fc
  .tuple(fc.array(masterPart, { minLength: 1, maxLength: 6 }), fc.constantFrom('', '', '  orphan\n'), fc.boolean())
  .map(([parts, orphan, isEnded]) =>
    isEnded ? orphan + parts.join('') : (orphan + parts.join('')).replace(/\r?\n$/, ''),
  )
/** A file with one of its services; null where there is none. */
const masterCase = fc.tuple(masterFile, fc.nat()).map(([bytes, pick]) => {
  const doc = parseMasterCf(bytes)
  const services = listServices(doc)
  return { bytes, doc, services, service: services[pick % Math.max(1, services.length)] }
})
const keysOf = (doc: MasterCf) => listServices(doc).map(({ raw }) => raw)

describe('master.cf', () => {
  it('has a service made a comment, its lines alone, and back to every byte', () => {
    fc.assert(
      fc.property(masterCase, ({ bytes, doc, services, service }) => {
        if (!service) return
        const off = commentOut(doc, service.line)
        const expected = linesIn(bytes).map((line, at) => (service.textLines.includes(at + 1) ? `#${line}` : line))
        expect(linesIn(printMasterCf(off))).toEqual(expected)
        expect(keysOf(off)).toEqual(services.filter((other) => other !== service).map(({ raw }) => raw))
        expect(printMasterCf(uncomment(off, service.textLines))).toBe(bytes)
      }),
      { numRuns: 1500 },
    )
  })

  it('has every comment that is listed as a service made one, exactly as listed', () => {
    fc.assert(
      fc.property(masterCase, ({ doc, service }) => {
        const off = service ? commentOut(doc, service.line) : doc
        for (const found of listCommentedServices(off)) {
          const on = uncomment(off, found.lines)
          expect(listServices(on).find(({ line }) => line === found.service.line)?.textLines).toEqual(found.lines)
          expect(listServices(on)).toHaveLength(listServices(off).length + 1)
          expect(printMasterCf(commentOut(on, found.service.line))).toBe(printMasterCf(off))
        }
      }),
      { numRuns: 700 },
    )
  })

  it('has a service removed, inserted, appended and exchanged without touching another', () => {
    fc.assert(
      fc.property(masterCase, serviceText, ({ bytes, doc, services, service }, more) => {
        if (!service) return
        const others = services.filter((other) => other !== service).map(({ raw }) => raw)
        const gone = removeService(doc, service.line)
        expect(keysOf(gone)).toEqual(others)
        expect(commentsIn(printMasterCf(gone))).toEqual(commentsIn(bytes))
        const inserted = insertAfter(doc, service.line, more)
        expect(keysOf(inserted)).toHaveLength(services.length + 1)
        const below = service.line + linesIn(service.raw.replace(/\n$/, '')).length
        expect(keysOf(removeService(inserted, below)).map((raw) => raw.trimEnd())).toEqual(
          services.map(({ raw }) => raw.trimEnd()),
        )
        expect(keysOf(appendLines(doc, more)).at(-1)).toBe(more)
        expect(printMasterCf(appendLines(doc, more)).startsWith(bytes)).toBe(true)
        expect(printMasterCf(replaceService(doc, service.line, service.raw))).toBe(bytes)
      }),
      { numRuns: 700 },
    )
  })

  it('has an option set in one service: found again, once, and every comment and other option kept', () => {
    fc.assert(
      fc.property(
        masterCase,
        fc.constantFrom('a', 'b_c', 'new'),
        fc.constantFrom('', '1', 'x,y', 'x, y', '$x', '{ z }'),
        ({ bytes, doc, services, service }, key, text) => {
          if (!service) return
          const raw = withOption(service, key, text, { allowBraces: true })
          const after = replaceService(doc, service.line, raw)
          const [now] = listServices(parseMasterCf(raw))
          if (!now) throw new Error('expected a service')
          expect(now.options.findLast((each) => each.name === key)?.value).toBe(text)
          const rest = (all: typeof now.options) => all.filter((each) => each.name !== key)
          expect(rest(now.options)).toEqual(rest(service.options))
          expect(now.options.length - service.options.length).toBe(
            service.options.some((each) => each.name === key) ? 0 : 1,
          )
          expect(withOption(now, key, text, { allowBraces: true })).toBe(now.raw)
          expect(keysOf(after)).toHaveLength(services.length)
          expect(commentsIn(printMasterCf(after))).toEqual(commentsIn(bytes))
          const { came } = difference(bytes, printMasterCf(after))
          expect(came.filter((line) => line !== '' && !linesIn(bytes).includes(line)).length).toBeLessThanOrEqual(2)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('has an option taken out of one service, and a new one in and out to every byte', () => {
    fc.assert(
      fc.property(masterCase, fc.constantFrom('a', 'b_c'), ({ service }, key) => {
        if (!service) return
        const raw = withoutOption(service, key)
        const [now] = listServices(parseMasterCf(raw))
        expect(now?.options).toEqual(service.options.filter((each) => each.name !== key))
        expect(commentsIn(raw)).toEqual(commentsIn(service.raw))
        const [more] = listServices(parseMasterCf(withOption(service, 'new', '1', { allowBraces: false })))
        const back = more ? withoutOption(more, 'new') : ''
        // A last line without an end got one.
        expect(
          service.raw.endsWith('\n') ? [service.raw] : ['', '\n', '\r\n'].map((end) => service.raw + end),
        ).toContain(back)
      }),
      { numRuns: 700 },
    )
  })

  it('has a service under another name, and back to every byte', () => {
    fc.assert(
      fc.property(masterCase, ({ service }) => {
        if (!service) return
        const [other] = listServices(parseMasterCf(renamed(service, '[2001:db8::1]:587')))
        expect(other).toMatchObject({ options: service.options, args: service.args, textLines: expect.anything() })
        expect(other && renamed(other, service.name)).toBe(service.raw)
      }),
      { numRuns: 300 },
    )
  })
})
