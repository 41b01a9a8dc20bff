import { describe, expect, it } from 'vitest'
import {
  type JudgedVolume,
  nextVolumeBack,
  poolCapacity,
  poolUse,
  prunableNow,
  type VolumeGroup,
  volumesLeft,
} from './pool-figures'
import type { VolumeVerdict } from './verdict'

const tape = 4 * 2 ** 30
const group = (volumes: number, change: Partial<VolumeGroup> = {}): VolumeGroup => ({
  volStatus: 'Full',
  enabled: 1,
  recycle: true,
  maxVolBytes: tape,
  volumes,
  bytes: volumes * tape,
  ...change,
})
const pool = { maxVols: 100, maxVolBytes: tape }

describe('poolCapacity', () => {
  it.each([
    ["volumes of the pool's size", pool, [group(73)], 100 * tape],
    ['no volume yet', pool, [], 100 * tape],
    ['volumes with limits of their own', pool, [group(70), group(3, { maxVolBytes: 2 * tape })], 103 * tape],
    ['more volumes than allowed', pool, [group(110)], 110 * tape],
    ['a volume in error keeps its size', pool, [group(72), group(1, { volStatus: 'Error', bytes: 5 })], 99 * tape + 5],
    ['an archived volume keeps its size', pool, [group(72), group(1, { enabled: 2, bytes: 7 })], 99 * tape + 7],
    ['a limit of the pool as a whole', { ...pool, maxPoolBytes: 5 * tape }, [group(3)], 5 * tape],
    ['a limit as a whole that is larger', { ...pool, maxPoolBytes: 500 * tape }, [group(3)], 100 * tape],
    ['only a limit as a whole', { maxVols: 0, maxVolBytes: 0, maxPoolBytes: 5 * tape }, [group(3)], 5 * tape],
    ['no limit of volumes', { ...pool, maxVols: 0 }, [group(3)], null],
    ['no limit of size', { ...pool, maxVolBytes: 0 }, [group(3)], null],
    ['a volume without limit', pool, [group(72), group(1, { maxVolBytes: 0 })], null],
    [
      'a volume without limit that nothing writes on',
      pool,
      [group(72), group(1, { maxVolBytes: 0, volStatus: 'Error' })],
      100 * tape,
    ],
    ['limits not read', { maxVols: null, maxVolBytes: tape }, [group(3)], null],
    ['the size of a written volume not read', pool, [group(73, { unsized: 73, bytes: 0 })], 100 * tape],
    [
      'the size of a volume in error not read',
      pool,
      [group(72), group(1, { volStatus: 'Error', bytes: 0, unsized: 1 })],
      null,
    ],
    ["a volume's limit not read", pool, [group(1, { maxVolBytes: null })], null],
  ])('%s', (_, limits, groups, bytes) => {
    const capacity = poolCapacity(limits, groups)
    expect(capacity.bytes).toBe(bytes)
    expect(capacity.because).toMatch(/\.$/)
  })

  it('says what it is at least where the size of a volume that is set aside is not known', () => {
    const aside = group(2, { enabled: 2, bytes: 7, unsized: 1 })
    expect(poolCapacity(pool, [group(70), aside])).toEqual({
      bytes: null,
      because:
        'The size of 1 volume that nothing writes on any more could not be read. Without it it is at least 421 GB.',
    })
  })

  it('counts the volumes still allowed', () => {
    expect(volumesLeft(pool, 73)).toBe(27)
    expect(volumesLeft(pool, 110)).toBe(0)
    expect(volumesLeft({ ...pool, maxVols: 0 }, 5)).toBeNull()
  })
})

it('counts what is in a pool', () => {
  const groups = [
    group(8),
    group(1, { volStatus: 'Append', bytes: 10 }),
    group(2, { volStatus: 'Purged' }),
    group(1, { volStatus: 'Recycle' }),
    group(1, { volStatus: 'Purged', recycle: false }),
    group(1, { volStatus: 'Purged', enabled: 0 }),
    group(1, { volStatus: 'Error' }),
  ]
  const use = poolUse(groups)
  expect(use).toMatchObject({ volumes: 15, bytes: 14 * tape + 10, inError: 1 })
  expect(use.reclaimable).toEqual({ volumes: 3, bytes: 3 * tape })
  expect(use.purgedAndKept).toEqual({ volumes: 2, bytes: 2 * tape })
  expect(use.byStatus.get('Purged')).toEqual({ volumes: 4, bytes: 4 * tape })
})

const verdict = (state: VolumeVerdict['state'], at: string | null = null, comesBack = true): VolumeVerdict => ({
  state,
  at: at === null ? null : new Date(at),
  expiresIn: null,
  comesBack,
  because: '',
})
const volume = (name: string, judged: VolumeVerdict, change: Partial<JudgedVolume> = {}): JudgedVolume => ({
  name,
  volStatus: 'Full',
  recycle: true,
  enabled: 1,
  bytes: 10,
  verdict: judged,
  ...change,
})

it('counts as prunable only what gives its space back', () => {
  const volumes = [
    volume('a', verdict('prunable', '2026-11-01')),
    volume('b', verdict('prunable', null, false), { recycle: false }),
    volume('c', verdict('in-retention', '2027-01-01')),
    volume('d', verdict('never')),
  ]
  expect(prunableNow(volumes)).toEqual({ volumes: 1, bytes: 10, kept: { volumes: 1, bytes: 10 } })
})

describe('nextVolumeBack', () => {
  const kept = volume('kept', verdict('in-retention', '2027-02-02'))
  const sooner = volume('sooner', verdict('in-retention', '2027-01-01'))
  const due = volume('due', verdict('prunable', '2026-11-01'))
  const longDue = volume('longDue', verdict('prunable', '2026-10-01'))
  const empty = volume('empty', verdict('prunable'))
  const purged = volume('purged', verdict('never'), { volStatus: 'Purged' })
  const chosen = volume('chosen', verdict('never'), { volStatus: 'Recycle' })

  it.each([
    ['recycle first', [kept, due, purged, chosen], { name: 'chosen', how: 'recycle', at: null }],
    ['then purged', [kept, due, purged], { name: 'purged', how: 'purged', at: null }],
    ['then the longest due', [kept, due, longDue], { name: 'longDue', how: 'prune', at: null }],
    ['one without a job is longest due', [longDue, empty], { name: 'empty', how: 'prune', at: null }],
    ['else the one that is due first', [kept, sooner], { name: 'sooner', how: 'prune', at: new Date('2027-01-01') }],
    [
      'not when it is not recycled',
      [{ ...purged, recycle: false }, kept],
      { name: 'kept', how: 'prune', at: new Date('2027-02-02') },
    ],
    ['not when it is not enabled', [{ ...purged, enabled: 0 }], null],
    ['not when nobody knows when', [volume('running', verdict('in-retention'))], null],
    ['nothing', [], null],
  ])('%s', (_, volumes, expected) => {
    expect(nextVolumeBack(volumes)).toEqual(expected)
  })
})
