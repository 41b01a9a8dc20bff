import { describe, expect, it } from 'vitest'
import type { FileSystem } from './host/file-systems'
import { type CheapFacts, cheapFactsSchema, type DeepFacts, deepFactsSchema } from './host/host-facts'
import type { HostState } from './need'
import { needsOf } from './needs'
import { summaryOf } from './summary'

const hour = 3_600_000
const now = Date.parse('2026-03-01T12:00:00Z')
const unread = { state: 'not-read', why: 'timed-out', detail: 'it hung' } as const
const read = <T>(value: T) => ({ state: 'read' as const, value })
const gib = 1024 ** 3

function fileSystem(over: Partial<FileSystem> = {}): FileSystem {
  return {
    mount: '/',
    source: '/dev/sda1',
    type: 'ext4',
    readOnly: false,
    totalBytes: 100 * gib,
    usedBytes: 50 * gib,
    availableBytes: 45 * gib,
    usedPercent: 53,
    inodes: { total: 1000, used: 100, usedPercent: 10 },
    ...over,
  }
}

const local = (...all: FileSystem[]) => read({ local: all, network: [] })

/** A host in good health; what a case is about goes over it. */
function cheap(over: Partial<CheapFacts> = {}): CheapFacts {
  const absent = { state: 'not-read', why: 'absent', detail: 'not there' } as const
  return cheapFactsSchema.parse({
    clock: read({ skewMs: 100, uncertaintyMs: 50 }),
    os: read({ id: 'debian', name: 'Debian GNU/Linux 12', version: '12.11', codename: 'bookworm', like: [] }),
    kernel: read({ release: '6.1.0-37-amd64', version: '#1', machine: 'x86_64', hostname: 'alder' }),
    uptime: read({ uptimeS: 1000, bootId: null, load: [0.5, 0.4, 0.3] }),
    hardware: read({ cpus: 4, cpuModel: null, kind: 'physical', platform: null, vendor: null, product: null }),
    init: absent,
    memory: read({ totalBytes: 8 * gib, availableBytes: 6 * gib, swapTotalBytes: 0, swapFreeBytes: 0, pressure: null }),
    disks: absent,
    addresses: absent,
    routes: absent,
    networkOwner: absent,
    reboot: read({ required: false, packages: [] }),
    updateNotice: absent,
    tools: absent,
    fileSystems: local(fileSystem()),
    services: read({ manager: 'systemd', services: [], failed: [] }),
    ...over,
  })
}

function deep(over: Partial<DeepFacts> = {}): DeepFacts {
  return deepFactsSchema.parse({
    installedKernel: read({ release: '6.1.0-37-amd64' }),
    shares: read([]),
    certificates: read({ certificates: [], truncated: false }),
    updates: read({ total: 0, security: 0, packages: [], keptBack: [], listsFetchedAt: null }),
    ...over,
  })
}

function host(over: Partial<HostState> = {}): HostState {
  const tier = { readAt: now, facts: cheap() }
  return {
    name: 'alder',
    reach: { reached: true },
    cheap: tier,
    deep: { readAt: now, facts: deep() },
    previous: null,
    ...over,
  }
}

const needs = (facts: Partial<CheapFacts>, over: Partial<HostState> = {}) =>
  needsOf(host({ cheap: { readAt: now, facts: cheap(facts) }, ...over }), now)
const deepOf = (facts: Partial<DeepFacts>) => needsOf(host({ deep: { readAt: now, facts: deep(facts) } }), now)

describe('needsOf', () => {
  it('is empty for a host in good health, and for one that was never read', () => {
    expect(needsOf(host(), now)).toEqual([])
    expect(needsOf(host({ cheap: null, deep: null }), now)).toEqual([])
  })

  it('says only that a host is out of reach, whatever was read before', () => {
    const away = { reached: false, since: now - hour, reason: 'The connection was refused.' } as const
    expect(needs({ fileSystems: unread }, { reach: away })).toEqual([
      {
        id: 'reach',
        kind: 'reach',
        level: 'now',
        title: 'alder is out of reach',
        evidence: 'The connection was refused. Not reached since 2026-03-01T11:00:00.000Z.',
      },
    ])
  })

  it('never takes what could not be read for health', () => {
    const found = needs({ fileSystems: unread, services: unread, memory: unread })
    expect(found.map(({ kind, level }) => [kind, level])).toEqual([
      ['units', 'not-known'],
      ['file-system', 'not-known'],
      ['memory', 'not-known'],
    ])
    expect(deepOf({ updates: unread, certificates: unread }).map(({ level }) => level)).toEqual([
      'not-known',
      'not-known',
    ])
    const none = { state: 'not-read', why: 'no-program', detail: 'apt-get is not installed' } as const
    expect(deepOf({ updates: none, certificates: none })).toEqual([])
  })

  it('names failed units', () => {
    const failed = [{ name: 'backup.service', description: 'Nightly backup' }]
    expect(needs({ services: read({ manager: 'systemd', services: [], failed }) })).toMatchObject([
      { id: 'units:backup.service', level: 'now', title: 'backup.service failed', evidence: 'Nightly backup' },
    ])
  })

  it.each([
    [89, []],
    [90, ['soon']],
    [95, ['now']],
  ])('counts a file system that is %i %% full', (usedPercent, levels) => {
    const found = needs({ fileSystems: local(fileSystem({ usedPercent, availableBytes: 3.4 * gib })) })
    expect(found.map(({ level }) => level)).toEqual(levels)
    if (found[0]) expect(found[0].evidence).toBe('3.4 GiB of 100 GiB left.')
  })

  it('sees one that fills up, from two readings far enough apart', () => {
    const filling = local(fileSystem({ usedBytes: 60 * gib, availableBytes: 35 * gib }))
    const earlier = (hours: number) => ({ previous: { readAt: now - hours * hour, facts: cheap() } })
    expect(needs({ fileSystems: filling }, earlier(24))).toMatchObject([
      {
        level: 'soon',
        title: '/ fills up',
        evidence: '35 GiB of 100 GiB left; full in about 4 days at the present pace.',
      },
    ])
    expect(needs({ fileSystems: filling }, earlier(6))).toMatchObject([{ level: 'now' }])
    expect(needs({ fileSystems: filling }, earlier(1))).toEqual([])
    expect(needs({}, earlier(24))).toEqual([])
  })

  it('sees inodes run out, a mount that became read-only, and no trouble in an image', () => {
    const inodes = { total: 1000, used: 970, usedPercent: 97 }
    expect(needs({ fileSystems: local(fileSystem({ inodes })) })).toMatchObject([{ id: 'inodes:/', level: 'now' }])
    const previous = { readAt: now - hour, facts: cheap() }
    const readOnly = local(fileSystem({ readOnly: true }))
    expect(needs({ fileSystems: readOnly }, { previous })).toMatchObject([{ id: 'read-only:/', level: 'now' }])
    expect(needs({ fileSystems: readOnly })).toEqual([])
    const image = fileSystem({ readOnly: true, usedPercent: 100, availableBytes: 0 })
    expect(needs({ fileSystems: local(image) })).toEqual([])
  })

  it('asks for a reboot by the mark, or by the kernel that waits', () => {
    expect(needs({ reboot: read({ required: true, packages: ['libc6', 'linux'] }) })).toMatchObject([
      { title: 'A reboot is required', evidence: 'Asked for by libc6, linux.' },
    ])
    expect(deepOf({ installedKernel: read({ release: '6.1.0-38-amd64' }) })).toMatchObject([
      { id: 'reboot', evidence: 'Linux 6.1.0-37-amd64 runs; the next boot takes 6.1.0-38-amd64.' },
    ])
  })

  it('counts security updates, by the host’s own note where nothing deeper was read', () => {
    const packages = [{ name: 'openssl', from: '1', to: '2', origin: 'Debian-Security', security: true }]
    const updates = read({ total: 5, security: 1, packages, keptBack: [], listsFetchedAt: null })
    expect(deepOf({ updates })).toMatchObject([{ title: 'A security update waits', evidence: 'openssl.' }])
    const noted = { updateNotice: read({ total: 9, security: 4 }) }
    expect(needs(noted, { deep: null })).toMatchObject([{ title: '4 security updates wait' }])
    expect(needs(noted)).toEqual([])
  })

  it.each([
    ['2026-03-23T12:00:00Z', []],
    ['2026-03-20T12:00:00Z', [['soon', 'The certificate /etc/ssl/a.pem expires in 19 days']]],
    ['2026-03-02T13:00:00Z', [['now', 'The certificate /etc/ssl/a.pem expires in 1 day']]],
    ['2026-02-01T12:00:00Z', [['now', 'The certificate /etc/ssl/a.pem has expired']]],
  ])('judges a certificate valid until %s', (notAfter, expected) => {
    const certificates = [{ path: '/etc/ssl/a.pem', subject: 'CN = a', issuer: 'CN = ca', notAfter }]
    const found = deepOf({ certificates: read({ certificates, truncated: false }) })
    expect(found.map(({ level, title }) => [level, title])).toEqual(expected)
  })

  it.each([
    [1900, 0, []],
    [2500, 600, []],
    [2500, 400, ['The clock is 2.5 s ahead']],
    [-90_000, 400, ['The clock is 90.0 s behind']],
  ])('judges a skew of %i ms, uncertain by %i ms', (skewMs, uncertaintyMs, titles) => {
    expect(needs({ clock: read({ skewMs, uncertaintyMs }) }).map(({ title }) => title)).toEqual(titles)
  })

  it('sees programs wait for memory, and memory that is nearly gone', () => {
    const figures = { avg10: 0, avg60: 0, avg300: 22 }
    const base = { totalBytes: 100, availableBytes: 50, swapTotalBytes: 0, swapFreeBytes: 0, pressure: null }
    const pressure = { cpu: null, io: null, memory: { some: figures, full: null } }
    expect(needs({ memory: read({ ...base, pressure }) })).toMatchObject([
      { level: 'now', title: 'Programs wait for memory' },
    ])
    expect(needs({ memory: read({ ...base, availableBytes: 4 }) })).toMatchObject([{ level: 'soon' }])
  })

  it('puts what is urgent first', () => {
    const found = needs({
      memory: unread,
      fileSystems: local(fileSystem({ usedPercent: 99 })),
      reboot: read({ required: true, packages: [] }),
    })
    expect(found.map(({ level }) => level)).toEqual(['now', 'soon', 'not-known'])
  })
})

describe('summaryOf', () => {
  it('gives a row’s figures, and null for what was not read', () => {
    const image = fileSystem({ mount: '/snap', readOnly: true, availableBytes: 0, usedPercent: 100 })
    expect(
      summaryOf(cheap({ fileSystems: local(image, fileSystem({ mount: '/var', usedPercent: 80 }), fileSystem()) })),
    ).toEqual({
      load: 0.5,
      cpus: 4,
      memoryPercent: 25,
      fullest: { mount: '/var', usedPercent: 80 },
      failedUnits: 0,
      os: 'Debian GNU/Linux 12',
      uptimeS: 1000,
    })
    const nothing = {
      uptime: unread,
      hardware: unread,
      memory: unread,
      fileSystems: unread,
      services: unread,
      os: unread,
    }
    expect(Object.values(summaryOf(cheap(nothing)))).toEqual(Array(7).fill(null))
  })
})
