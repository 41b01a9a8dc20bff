import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { socketOf } from './endpoint'
import { addressesOf, portsOf, withListeners } from './listeners'
import { physicalLines } from './logical-lines'
import { listServices, parseMasterCf, printMasterCf } from './master-cf'
import { masterProblems } from './master-problems'

// A failure names its seed and path.

const host = fc.constantFrom('', '192.0.2.1:', '192.0.2.7:', '127.0.0.1:', '[::1]:', '[2001:DB8::5]:', '[192.0.2.1]:')
const end = fc.constantFrom('\n', '\n', '\r\n')
const fields = fc.constantFrom(
  'inet n - y - - smtpd',
  ' inet  n       -       -       -       20      smtpd',
  '\tinet n - n - 1 postscreen',
)
const option = fc.constantFrom('  -o a=b', '\t-o { c = d, e }', '  -v', '# why', '#  -o f=g', '        -o h=i')
const listenerOn = (port: string, at = host) =>
  fc
    .tuple(at, fields, fc.array(option, { maxLength: 3 }), end)
    .map(([name, words, more, eol]) => [`${name}${port} ${words}`, ...more].map((line) => line + eol).join(''))
const listener = fc.constantFrom('smtp', '25', '0025', 'submission', '587').chain((port) => listenerOn(port))
const other = fc.constantFrom(
  'pickup unix n - y 60 1 pickup\n',
  'smtp unix - - y - - smtp\n\t-o smtp_bind_address=192.0.2.1\n# inside\n  -v\n',
  '127.0.0.1:10025 inet n - n - - smtpd\r\n  -o content_filter=\r\n',
  '# note\n',
  '\n',
  '#smtp inet n - y - - smtpd\n',
  '#587 inet n - y - - smtpd\n#  -o a=z\n',
  '#smtp inet n - y - 1 postscreen\n',
  '#  -o a=7\n',
)
const isEnded = fc.boolean()
const asFile = (parts: readonly string[], ended: boolean) =>
  ended ? parts.join('') : parts.join('').replace(/\r?\n$/, '')
const masterFile = fc
  .tuple(fc.array(fc.oneof(listener, other), { minLength: 1, maxLength: 8 }), isEnded)
  .map(([parts, ended]) => asFile(parts, ended))
const addresses = fc.subarray(['192.0.2.1', '192.0.2.7', '127.0.0.1', '::1', '2001:db8::5'], { minLength: 1 })
const wanted = fc.oneof({ weight: 4, arbitrary: addresses }, { weight: 1, arbitrary: fc.constant(null) })

const set = (bytes: string, port: string, hosts: readonly string[] | null) =>
  printMasterCf(withListeners(parseMasterCf(bytes), port, hosts))
const portOf = (bytes: string, port: string) => portsOf(parseMasterCf(bytes)).find((one) => one.port === port)
const textsBut = (bytes: string, wanted: string) =>
  listServices(parseMasterCf(bytes))
    .filter(({ type, port }) => type !== 'inet' || port === null || socketOf({ host: null, port }) !== wanted)
    .map(({ raw }) => raw.replace(/\r?\n$/, ''))
/** All lines but those of the services on this port. */
const linesBut = (bytes: string, wanted: string) => {
  const own = listServices(parseMasterCf(bytes))
    .filter(({ type, port }) => type === 'inet' && port !== null && socketOf({ host: null, port }) === wanted)
    .flatMap(({ textLines }) => textLines)
  return physicalLines(bytes).flatMap(({ raw }, at) => (own.includes(at + 1) ? [] : [raw]))
}
/** Those of some lines that are not among others, in their order; a last line may have been given an end. */
const missingIn = (others: readonly string[], lines: readonly string[]) => {
  let at = 0
  return lines.filter((line) => {
    const found = others.findIndex(
      (other, place) => place >= at && (other === line || other.replace(/\r?\n$/, '') === line),
    )
    if (found >= 0) at = found + 1
    return found < 0
  })
}
const fatal = (bytes: string) =>
  masterProblems(parseMasterCf(bytes)).flatMap(({ kind, text }) => (kind === 'fatal' ? [text] : []))

describe('a port told what to listen on', () => {
  it('listens there and nowhere else, and no other service is touched', () => {
    fc.assert(
      fc.property(masterFile, fc.constantFrom('25', '587'), wanted, (bytes, port, hosts) => {
        if (!portOf(bytes, port)) return
        const after = set(bytes, port, hosts)
        const now = portOf(after, port)
        const sorted = (list: readonly string[] | null | undefined) => (list ? [...list].sort() : list)
        expect(sorted(now && addressesOf(now))).toEqual(sorted(hosts))
        if (hosts === null) expect(now?.services.every((service) => service.host === null)).toBe(true)
        expect(textsBut(after, port)).toEqual(textsBut(bytes, port))
        expect(fatal(after)).toEqual(fatal(bytes))
        expect(set(after, port, hosts)).toBe(after)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every other line, comments too, to the byte and in its place', () => {
    fc.assert(
      fc.property(masterFile, fc.constantFrom('25', '587'), addresses, (bytes, port, hosts) => {
        if (!portOf(bytes, port)) return
        expect(
          missingIn(
            physicalLines(set(bytes, port, hosts)).map(({ raw }) => raw),
            linesBut(bytes, port),
          ),
        ).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('listens on every address again to every byte, wherever its line stood', () => {
    const generic = listenerOn('smtp', fc.constant(''))
    const quiet = other.filter((text) => !/^#smtp.*smtpd/.test(text) && !text.startsWith('#587'))
    const file = fc
      .tuple(fc.array(quiet, { maxLength: 4 }), generic, fc.array(quiet, { maxLength: 4 }))
      .map(([before, own, after]) => [...before, own, ...after].join(''))
    fc.assert(
      fc.property(file, addresses, addresses, (bytes, first, second) => {
        expect(set(set(bytes, '25', first), '25', null)).toBe(bytes)
        expect(set(set(set(bytes, '25', first), '25', second), '25', null)).toBe(bytes)
      }),
      { numRuns: 300 },
    )
  })
})
