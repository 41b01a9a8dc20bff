import { expect, it } from 'vitest'
import { movementOf } from './movement'
import { sampleAt } from './testing'

const reads = (count: number | bigint) => ({ counters: { Innodb_buffer_pool_reads: String(count) } })
const movedOf = (samples: Parameters<typeof movementOf>[0], name = 'Innodb_buffer_pool_reads') =>
  movementOf(samples, 'first-sample').counters.get(name)

it('takes the difference of two samples of one run', () => {
  expect(movedOf([sampleAt(1, reads(100)), sampleAt(3, reads(700))])).toEqual({ by: 600, seconds: 7200 })
})

it('counts from the start of the server where the first sample does', () => {
  const movement = movementOf([sampleAt(3, reads(700))], 'its-start')
  expect(movement.counters.get('Innodb_buffer_pool_reads')).toEqual({ by: 700, seconds: 3 * 3600 })
  expect(movement.seconds).toBe(3 * 3600)
})

it('begins at 0 after a restart, and leaves out the time that nobody saw', () => {
  const samples = [
    sampleAt(10, reads(5000)),
    sampleAt(14, { upH: 1, ...reads(30) }),
    sampleAt(15, { upH: 2, ...reads(50) }),
  ]
  expect(movedOf(samples)).toEqual({ by: 50, seconds: 2 * 3600 })
  expect(movementOf(samples, 'first-sample').restarts).toBe(1)
})

it('sees a restart after which the server was up longer than before it', () => {
  const samples = [sampleAt(1, { upH: 1, ...reads(10) }), sampleAt(30, { upH: 28, ...reads(90) })]
  expect(movedOf(samples)).toEqual({ by: 90, seconds: 28 * 3600 })
})

it('makes no restart of a clock that was set by minutes', () => {
  const samples = [sampleAt(10, { upH: 10, ...reads(100) }), sampleAt(12.2, { upH: 12, ...reads(160) })]
  expect(movedOf(samples)).toEqual({ by: 60, seconds: 2 * 3600 })
})

it('takes a fallen number of connections for a restart where no uptime is told', () => {
  const of = (hours: number, connections: number) =>
    sampleAt(hours, { uptimeS: null, counters: { Connections: String(connections), Opened_tables: '9' } })
  expect(movementOf([of(1, 500), of(2, 3)], 'first-sample').restarts).toBe(1)
  expect(movementOf([of(1, 500), of(2, 501)], 'first-sample')).toMatchObject({ restarts: 0, seconds: 3600 })
})

it.each([
  ['32', 2 ** 32],
  ['64', 2n ** 64n],
])('goes on over the end of a counter of %s bits', (_, end) => {
  const near = BigInt(end) - 100n
  expect(movedOf([sampleAt(1, reads(near)), sampleAt(2, reads(50))])).toEqual({ by: 150, seconds: 3600 })
})

it('says nothing of a stretch in which a counter fell for no known reason', () => {
  const samples = [sampleAt(1, reads(1000)), sampleAt(2, reads(10)), sampleAt(3, reads(40))]
  expect(movedOf(samples)).toEqual({ by: 30, seconds: 3600 })
})

it('counts from FLUSH STATUS on where that began a counter anew', () => {
  const of = (hours: number, flushedS: number, keyReads: number) =>
    sampleAt(hours, { counters: { Key_reads: String(keyReads), Uptime_since_flush_status: String(flushedS) } })
  expect(movedOf([of(10, 36_000, 900), of(12, 1800, 40)], 'Key_reads')).toEqual({ by: 40, seconds: 1800 })
  expect(movementOf([of(12, 1800, 40)], 'its-start').counters.get('Key_reads')).toEqual({ by: 40, seconds: 1800 })
})

it('knows nothing of a counter that one of two samples lacks', () => {
  expect(movedOf([sampleAt(1), sampleAt(2, reads(10))])).toBeUndefined()
  expect(
    movedOf([sampleAt(1, reads(1)), sampleAt(2, { counters: { Innodb_buffer_pool_reads: 'ON' } })]),
  ).toBeUndefined()
})
