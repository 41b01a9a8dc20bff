import { describe, expect, it } from 'vitest'
import { type HostFigures, hostFigures } from './host-figures'
import { hostState } from './host-state'
import type { StoredFacts } from './stored-facts'

const now = Date.UTC(2026, 10, 22)

function facts(values: Record<string, unknown>, gaps: Record<string, string> = {}): StoredFacts {
  const read = Object.entries(values).map(([id, value]) => [id, { at: now, found: { state: 'read', value } }])
  const not = Object.entries(gaps).map(([id, why]) => [id, { at: now, found: { state: 'not-read', why, detail: '' } }])
  return { results: Object.fromEntries([...read, ...not]), problems: [] }
}

function fileSystem(mount: string, usedPercent: number, more: Record<string, unknown> = {}) {
  return { mount, usedPercent, readOnly: false, inodes: null, ...more }
}

describe('hostFigures', () => {
  it('is nothing for a host that was never read', () => {
    expect(hostFigures(null)).toBeNull()
    expect(hostFigures(facts({}))).toBeNull()
  })

  it('says of a busy host what a list shows', () => {
    const figures = hostFigures(
      facts({
        os: { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12.11' },
        uptime: { load: [2.06, 1, 1] },
        memory: { totalBytes: 1000, availableBytes: 250 },
        fileSystems: { local: [fileSystem('/', 40), fileSystem('/c', 60, { inodes: { usedPercent: 91 } })] },
        updates: { total: 7, security: 2 },
        services: { failed: [{ name: 'x' }] },
        reboot: { required: false },
        certificates: { certificates: [{ notAfter: '2026-12-01T00:00:00Z' }, { notAfter: '2026-11-25T12:00:00Z' }] },
      }),
      now,
    )
    expect(figures).toEqual({
      system: 'Debian 12.11',
      load1: 2.06,
      memoryPercent: 75,
      fullest: { mount: '/c', percent: 91 },
      updates: 7,
      securityUpdates: 2,
      rebootRequired: false,
      failedUnits: 1,
      certificateDays: 3,
      notRead: 0,
    })
  })

  it('leaves out what is mounted read-only and so always full', () => {
    const local = [fileSystem('/cdrom', 100, { readOnly: true }), fileSystem('/', 10)]
    expect(hostFigures(facts({ fileSystems: { local } }))?.fullest).toEqual({ mount: '/', percent: 10 })
  })

  it('counts what hung or was denied, and not what the host does not have', () => {
    const gaps = { memory: 'timed-out', services: 'denied', updates: 'no-program', certificates: 'absent' }
    const figures = hostFigures(facts({ uptime: { load: null } }, gaps))
    expect(figures).toMatchObject({ notRead: 2, memoryPercent: null, failedUnits: null, updates: null, load1: null })
  })

  it('sees a reboot due by the installed kernel, but not in a container', () => {
    const kernels = {
      kernel: { release: '6.1.0-37' },
      installedKernel: { release: '6.1.0-38' },
      reboot: { required: false },
    }
    expect(hostFigures(facts(kernels))?.rebootRequired).toBe(true)
    expect(hostFigures(facts({ ...kernels, hardware: { kind: 'container' } }))?.rebootRequired).toBe(false)
  })
})

describe('hostState', () => {
  const fine: HostFigures = {
    system: 'Debian 12',
    load1: 0,
    memoryPercent: 10,
    fullest: { mount: '/', percent: 10 },
    updates: 0,
    securityUpdates: 0,
    rebootRequired: false,
    failedUnits: 0,
    certificateDays: 90,
    notRead: 0,
  }
  const of = (more: Partial<HostFigures>) =>
    hostState({ reach: 'ok', keys: 'confirmed', figures: { ...fine, ...more } })

  it('puts the worst first', () => {
    expect(of({})).toEqual({ mark: 'ok', word: 'Fine' })
    expect(of({ notRead: 1 })).toEqual({ mark: 'unknown', word: 'Read in part' })
    expect(of({ rebootRequired: true, securityUpdates: 1 })).toEqual({ mark: 'warn', word: 'Security updates' })
    expect(of({ fullest: { mount: '/', percent: 85 } })).toEqual({ mark: 'warn', word: 'Disk fills up' })
    expect(of({ fullest: { mount: '/', percent: 95 }, failedUnits: 2 })).toEqual({ mark: 'bad', word: 'Disk full' })
    expect(of({ failedUnits: 2, certificateDays: -1 })).toEqual({ mark: 'bad', word: '2 units failed' })
    expect(of({ certificateDays: 13 })).toEqual({ mark: 'warn', word: 'Certificate expires' })
  })

  it('never shows what could not be reached or used as fine', () => {
    expect(hostState({ reach: 'port', keys: 'confirmed', figures: fine })).toEqual({ mark: 'bad', word: 'No answer' })
    expect(hostState({ reach: 'ok', keys: 'changed', figures: fine })).toEqual({ mark: 'bad', word: 'Key changed' })
    expect(hostState({ reach: 'unread', keys: 'none', figures: null })).toEqual({ mark: 'ask', word: 'Key to confirm' })
    expect(hostState({ reach: 'unread', keys: 'confirmed', figures: null })).toEqual({
      mark: 'unknown',
      word: 'Not read yet',
    })
  })
})
