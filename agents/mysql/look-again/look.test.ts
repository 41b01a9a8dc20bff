import { describe, expect, it } from 'vitest'
import { type LookInput, lookAt } from './look'
import { change, hour, megabyte, sampleAt } from './testing'

const aim = { purpose: 'tiny-nas', load: 'bacula', budgetBytes: 256 * megabyte } as const

function look(samples: LookInput['samples'], seed: Partial<LookInput> = {}) {
  return lookAt({ aim, startedAt: change, endedAt: change, samples, ...seed })
}

/** Three days of counting before the change, and a restart by it with 26 hours of counting since. */
function dayAfter(before: Record<string, number>, since: Record<string, number>) {
  const times = (counters: Record<string, number>, hours: number) =>
    Object.fromEntries(Object.entries(counters).map(([name, perHour]) => [name, String(Math.round(perHour * hours))]))
  return look([
    sampleAt(-1, { upH: 72, counters: { Questions: '72000', ...times(before, 72) } }),
    sampleAt(1, { counters: { Questions: '1000', ...times(since, 1) } }),
    sampleAt(26, { counters: { Questions: '26000', ...times(since, 26) } }),
  ])
}

const rowOf = (of: ReturnType<typeof look>, id: string) => of.rows.find((row) => row.id === id)

describe('before there is evidence', () => {
  it('says that nothing was read', () => {
    expect(look([sampleAt(-1)])).toMatchObject({ state: 'nothing-read', isGood: null, rows: [] })
  })

  it('says in how many hours there will be', () => {
    expect(look([sampleAt(8)])).toMatchObject({
      state: 'not-yet',
      title: 'The tuning of 26 November: not yet, in 12 hours',
      evidence: 'The server has counted for 8 hours since; 20 hours are needed.',
      hoursLeft: 12,
      readyAt: null,
    })
    expect(look([sampleAt(19.5)]).hoursLeft).toBe(1)
  })

  it('counts what the server counted, not what the clock says, over a restart that nobody saw', () => {
    expect(look([sampleAt(1), sampleAt(30, { upH: 4 })])).toMatchObject({ state: 'not-yet', hoursLeft: 15 })
  })

  it('does not take hours before the change for evidence where the server was not restarted', () => {
    expect(look([sampleAt(-1, { upH: 300 }), sampleAt(19, { upH: 320 })])).toMatchObject({ hoursLeft: 1 })
  })
})

describe('a day after', () => {
  it('says that it held and what moved, each with its two numbers and the periods', () => {
    const said = dayAfter({ Innodb_buffer_pool_reads: 1200 }, { Innodb_buffer_pool_reads: 400 })
    expect(said).toMatchObject({
      state: 'ready',
      title: 'The tuning of 26 November held: peak 212 MB of 256 MB; fewer reads from disk',
      evidence: 'Counted for 26 hours since against 3 days before.',
      isGood: true,
      readyAt: change + 26 * hour,
    })
    expect(rowOf(said, 'pool-misses')).toMatchObject({
      before: '1,200 an hour',
      after: '400 an hour',
      verdict: 'better',
      sentence: '1,200 an hour before, in 3 days; 400 an hour since, in 26 hours: fewer.',
    })
    expect(rowOf(said, 'peak')?.sentence).toBe('212 MB of 256 MB, in 26 hours: within its budget.')
  })

  it('knows when there was evidence for the first time', () => {
    expect(look([sampleAt(1), sampleAt(20.5), sampleAt(30), sampleAt(90)]).readyAt).toBe(change + 20.5 * hour)
  })

  it('says what got worse before what got better, and that it is not good', () => {
    const said = dayAfter(
      { Innodb_buffer_pool_reads: 1200, Opened_tables: 10, Created_tmp_tables: 100, Created_tmp_disk_tables: 10 },
      { Innodb_buffer_pool_reads: 400, Opened_tables: 90, Created_tmp_tables: 100, Created_tmp_disk_tables: 40 },
    )
    expect(said.title).toMatch(/; more temporary tables on the disk, more tables opened anew, fewer reads from disk$/)
    expect(said.isGood).toBe(false)
    expect(rowOf(said, 'disk-tables')).toMatchObject({ before: '10 %', after: '40 %', verdict: 'worse' })
  })

  it('takes more of everything with more work for no fault of the setting', () => {
    const work = { Questions: 1000, Innodb_buffer_pool_reads: 400 }
    const said = dayAfter(work, { Questions: 3000, Innodb_buffer_pool_reads: 1200 })
    expect(rowOf(said, 'pool-misses')).toMatchObject({ verdict: 'same' })
    expect(rowOf(said, 'pool-misses')?.sentence).toMatch(/: more, as there was more work\.$/)
    expect(rowOf(said, 'statements')?.sentence).toBe('There was more work since.')
    const less = dayAfter({ Questions: 3000, Innodb_buffer_pool_reads: 1200 }, work)
    expect(rowOf(less, 'pool-misses')).toMatchObject({ verdict: 'same' })
  })

  it('judges nothing of what is too little, is missing, or has no time before', () => {
    const little = dayAfter({ Sort_merge_passes: 0.1 }, { Sort_merge_passes: 0.9 })
    expect(rowOf(little, 'sort-passes')).toMatchObject({ verdict: 'same' })
    expect(rowOf(little, 'key-misses')).toMatchObject({ verdict: 'not-known', before: null, after: null })
    const counters = { Innodb_buffer_pool_reads: '5000' }
    const young = look([sampleAt(-1, { upH: 3, counters }), sampleAt(26, { counters })])
    expect(rowOf(young, 'pool-misses')).toMatchObject({ verdict: 'not-known', before: null })
    expect(young.evidence).toMatch(/had counted for 3 hours only, which is no evidence/)
    expect(young.title).toMatch(/; how it was before is not known$/)
  })

  it('goes by the difference where the server was not restarted', () => {
    const of = (reads: number) => ({ counters: { Innodb_buffer_pool_reads: String(reads) } })
    const said = look([
      sampleAt(-1, { upH: 99, ...of(99_000) }),
      sampleAt(0.5, { upH: 100.5, ...of(99_100) }),
      sampleAt(25, { upH: 125, ...of(99_000 + 26 * 100) }),
    ])
    expect(rowOf(said, 'pool-misses')).toMatchObject({
      before: '1,000 an hour',
      after: '100 an hour',
      verdict: 'better',
    })
  })
})

describe('memory', () => {
  it('says that it did not hold', () => {
    const said = look([sampleAt(26, { peakRssBytes: 300 * megabyte })])
    expect(said.title).toMatch(/^The tuning of 26 November did not hold: peak 300 MB of 256 MB/)
    expect(said.isGood).toBe(false)
  })

  it('blames no peak on the change that may be from before it', () => {
    const peak = (bytes: number) => ({ peakRssBytes: bytes * megabyte })
    const of = (after: number) => [sampleAt(-1, { upH: 99, ...peak(300) }), sampleAt(25, { upH: 125, ...peak(after) })]
    expect(look(of(300)).title).toMatch(/stands: how much memory it took at most is not known/)
    expect(look(of(310)).title).toMatch(/did not hold: peak 310 MB/)
    expect(look([sampleAt(26, { peakRssBytes: null })]).title).toMatch(/not known/)
  })
})

describe('connections', () => {
  const used = (count: number, upH = 26) => sampleAt(26, { upH, counters: { Max_used_connections: String(count) } })

  it('warns where nearly all were used since the restart', () => {
    expect(rowOf(look([used(16)]), 'connections')).toMatchObject({ verdict: 'same', after: '16 of 20' })
    expect(rowOf(look([used(17)]), 'connections')).toMatchObject({
      verdict: 'worse',
      sentence: 'At most 17 of 20 were used, in 26 hours: the next one may be refused.',
    })
  })

  it('says nothing of a peak that may be from before', () => {
    const of = [sampleAt(-1, { upH: 99 }), used(20, 126)]
    expect(rowOf(look(of), 'connections')).toMatchObject({ verdict: 'not-known' })
  })
})
