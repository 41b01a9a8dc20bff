import { expect, it } from 'vitest'
import { readAdvice } from './read-advice'

const words = ` >>  MySQLTuner 1.9.9
-------- Recommendations ---------------------------------------------------------------------------
General recommendations:
    MySQL was started within the last 24 hours: recommendations may be inaccurate
Variables to adjust:
  *** MySQL's maximum memory usage is dangerously high ***
  *** Add RAM before increasing MySQL buffer variables ***
    skip-name-resolve=1
    tmp_table_size (> 16M)
    performance_schema=ON
    key_buffer_size (~ 24M)
    innodb_buffer_pool_size (>= 170.5M) if possible.
    innodb_log_file_size should be (=32M) if possible, so InnoDB total log files size equals 25% of buffer pool size.
    innodb_something (=1)
    wait_timeout (< 28800)
`

it('reads values out of its sentences, and says what it leaves', () => {
  const names = ['skip_name_resolve', 'tmp_table_size', 'performance_schema', 'key_buffer_size', 'wait_timeout']
  const more = ['innodb_buffer_pool_size', 'innodb_log_file_size']
  const advice = readAdvice(words, new Map([...names, ...more].map((name) => [name, '0'])))
  expect(advice.version).toBe('1.9.9')
  expect(advice.asksForMemory).toBe(true)
  expect(Object.fromEntries(advice.applied.map(({ name, value }) => [name, value]))).toEqual({
    ...{ skip_name_resolve: '1', tmp_table_size: String(32 * 2 ** 20), performance_schema: 'ON' },
    ...{ key_buffer_size: String(24 * 2 ** 20), innodb_buffer_pool_size: String(Math.ceil(170.5 * 2 ** 20)) },
    innodb_log_file_size: String(32 * 2 ** 20),
  })
  expect(advice.left).toEqual([
    { line: 'innodb_something (=1)', why: 'the server has no such variable' },
    { line: 'wait_timeout (< 28800)', why: 'no value' },
  ])
})

it('reads nothing where there is no list', () =>
  expect(readAdvice('No additional performance recommendations are available.', new Map())).toMatchObject({
    ...{ asksForMemory: false, applied: [], left: [] },
  }))
