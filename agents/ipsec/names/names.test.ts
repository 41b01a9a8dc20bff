import { describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { type ConfigFile, filesAfter } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import { refusalOf } from '../testing/prepared'
import { fileOf, hostWith } from '../tunnel/testing'
import { HOSTS, namesWanted } from './inner-names'
import { namesDrift, namesPart } from './names-part'

const member = (label: string, at: number) => ({
  hostId: label,
  label,
  outer: `192.0.2.${at}`,
  inner: `10.20.0.${at}`,
})
const two = { tag: 'cloud', innerNames: true, members: [member('a', 1), member('b', 2)] }
const three = { ...two, members: [...two.members, member('c', 3)] }
const off = { ...two, innerNames: false }
const block = `# >>> Pollux: inner names of cloud >>>\n10.20.0.1\ta.cloud\n10.20.0.2\tb.cloud\n# <<< Pollux: inner names of cloud <<<\n`

const withHosts = (file?: ConfigFile | string): PlanHost<IpsecFacts> =>
  hostWith('a', {
    address: '192.0.2.1',
    files: file === undefined ? {} : { [HOSTS]: typeof file === 'string' ? fileOf(file) : file },
  })
const written = (host: PlanHost<IpsecFacts>, mesh: typeof two): PlanHost<IpsecFacts> => ({
  ...host,
  facts: { ...host.facts, files: filesAfter(host.facts.files, namesPart(host, mesh, 0).steps) },
})
const bytesOf = ({ facts }: PlanHost<IpsecFacts>) => {
  const file = facts.files[HOSTS]
  return file?.state === 'there' ? file.bytes : null
}
describe.each([
  ['lines', '127.0.0.1 localhost\n\n# of ours\n10.0.0.9 other\n'],
  ['no line end', '127.0.0.1 localhost'],
  ['nothing', ''],
  ['bytes of Latin-1', '127.0.0.1 localhost # \xfc\r\n'],
])('the inner names in a file with %s', (_, bytes) => {
  const named = written(withHosts(bytes), two)

  it('stand behind all the rest, are asked for once, and go without a trace', () => {
    expect(bytesOf(named)?.startsWith(bytes)).toBe(true)
    expect(bytesOf(named)).toContain(block.trimEnd())
    expect(namesPart(named, two, 0).steps).toEqual([])
    expect(bytesOf(written(named, off))).toBe(bytes)
    expect(bytesOf(written(named, { ...two, members: two.members.slice(1) }))).toBe(bytes)
  })

  it('get a line for who joins, where they stand', () => {
    const edited = withHosts(`${bytesOf(named)}${bytesOf(named)?.endsWith('\n') ? '' : '\n'}10.0.0.8 last\n`)
    const grown = bytesOf(written(edited, three)) ?? ''
    expect(grown).toBe((bytesOf(edited) ?? '').replace('b.cloud\n', 'b.cloud\n10.20.0.3\tc.cloud\n'))
    expect(grown.endsWith('10.0.0.8 last\n')).toBe(true)
  })
})

describe('the inner names', () => {
  it('are the same lines on every member, and none on a host that is no member', () => {
    expect(namesWanted(two, 'a')).toBe(namesWanted(two, 'b'))
    expect(namesWanted(two, 'c')).toBeNull()
    expect(namesWanted(off, 'a')).toBeNull()
  })

  it('of another mesh stay', () => {
    const one = written(withHosts('127.0.0.1 localhost\n'), two)
    const both = written(one, { ...two, tag: 'clouds' })
    expect(bytesOf(written(both, { ...off, tag: 'clouds' }))).toBe(bytesOf(one))
    expect(namesPart(both, two, 0).steps).toEqual([])
  })

  it.each([
    ['no file', undefined, 'has no /etc/hosts'],
    ['a link', { ...fileOf(''), type: 'link' } as ConfigFile, 'is a link'],
    ['a file that was not read', { state: 'unread', why: 'denied' } as const, 'could not be read: denied'],
  ])('are refused where there is %s, and not asked for where none are wished', (_, file, sentence) => {
    expect(refusalOf(() => namesPart(withHosts(file), two, 0))).toContain(sentence)
    expect(namesPart(withHosts(file), off, 0)).toEqual({ steps: [], findings: [] })
  })

  it('warn of cloud-init, and of a name that has another address', () => {
    const bytes = `# Your system has configured 'manage_etc_hosts' as True.\n127.0.1.1 a\n10.9.9.9 db B.cloud # b.cloud\n`
    const { steps, findings } = namesPart(withHosts(bytes), two, 0)
    expect(steps[0]?.managedBy).toBe('cloud-init')
    expect(findings.map(({ title }) => title)).toEqual([
      'a gives B.cloud another address',
      'cloud-init writes /etc/hosts on a too',
    ])
    expect(findings[0]?.detail).toContain('Line 3 of /etc/hosts says 10.9.9.9')
    expect(namesPart(withHosts('10.20.0.2 b.cloud\n'), two, 0).findings).toEqual([])
  })

  it('show as drift when they go or change, and not when others write there', () => {
    const host = written(withHosts('127.0.0.1 localhost\n'), two)
    const seenOf = (bytes: string, mesh = two) => namesDrift(withHosts(bytes), mesh).map(({ seen }) => seen)
    const bytes = bytesOf(host) ?? ''
    expect(namesDrift(host, two)).toEqual([])
    expect(seenOf(`${bytes}10.0.0.8 last\n`)).toEqual([])
    expect(seenOf('127.0.0.1 localhost\n')).toEqual(['none'])
    expect(seenOf(bytes.replace('10.20.0.2', '10.20.0.9'))).toEqual(['others'])
    expect(seenOf(bytes, off)).toEqual(['others'])
    expect(namesDrift(withHosts({ state: 'unread', why: 'denied' }), two)).toEqual([])
  })
})
