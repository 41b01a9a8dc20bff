import { describe, expect, it } from 'vitest'
import { parseServerVersion } from '../version'
import { type NameRules, readOptionName } from './option-name'

const known = new Set([
  ...[
    'max_connections',
    'max-connect-errors',
    'autocommit',
    'skip-name-resolve',
    'key_buffer_size',
    'sort_buffer_size',
  ],
  ...[
    'key_cache_segments',
    'log-bin',
    'innodb_buffer_pool_size',
    'innodb-buffer-pool-load-at-startup',
    'table_open_cache',
  ],
  ...['validate_password.length'],
])
const on = (version: string): NameRules => ({ version: parseServerVersion(version), known })
const mariadb = on('10.11.19-MariaDB')

/** "name=value" with what is odd about it. */
function means(written: string, rules: NameRules): string {
  const [name = '', value] = written.split(/=(.*)/s)
  const { name: normal, value: to, isLoose, found, candidates } = readOptionName(name, value ?? null, rules)
  const marks = [isLoose ? 'loose' : '', found === 'exactly' ? '' : found, ...candidates]
  return [to === null ? normal : `${normal}=${to}`, ...marks].filter(Boolean).join(' ')
}

// Seen with mariadbd --help --verbose of MariaDB 10.11.19, which then refuses `autoset-` and `maximum-` of this option.
describe('a name that MariaDB knows', () => {
  it.each([
    ['max-connections=10', 'max_connections=10'],
    ['max_connection=10', 'max_connections=10 by-abbreviation'],
    ['Max-Connections=10', 'max_connections=10'],
    ['max_conn=12', 'max_connections=12 by-abbreviation'],
    ['max_connect_=12', 'max_connect_errors=12 by-abbreviation'],
    ['loose-max_con=12', 'max_connections=12 loose by-abbreviation'],
    ['loose_max_connections', 'max_connections loose'],
    ['loose-nope=1', 'nope=1 loose unknown'],
    ['loose_skip_autocommit', 'autocommit=0 loose'],
    ['skip-autocommit=0', 'autocommit=1'],
    ['disable-autocommit', 'autocommit=0'],
    ['enable-skip-name-resolve', 'skip_name_resolve=1'],
    ['skip-name-resolve', 'skip_name_resolve'],
    // The prefix before another one has no effect.
    ['skip-loose-autocommit', 'autocommit loose'],
    ['skip-loose-name-resolve', 'skip_loose_name_resolve loose unknown'],
    // Its maximum, not its value.
    ['maximum-max_connections=12', 'maximum_max_connections=12'],
    ['set-variable=max_connections=12', 'set_variable=max_connections=12 unknown'],
    ['-O max_connections=3', '_o max_connections=3 unknown'],
    ['max connections=3', 'max connections=3 unknown'],
    ['hot.key_buffer_size=1M', 'hot.key_buffer_size=1M'],
    ['key_buf=2M', 'key_buffer_size=2M by-abbreviation'],
    ['key_=1', 'key_=1 ambiguous key_buffer_size key_cache_segments'],
    [
      'innodb_buffer_pool=5',
      'innodb_buffer_pool=5 ambiguous innodb_buffer_pool_load_at_startup innodb_buffer_pool_size',
    ],
    ['sort=5', 'sort_buffer_size=5 by-abbreviation'],
    ['autoset-max_connections', 'max_connections=auto'],
    ['hot.key_buf=1M', 'hot.key_buffer_size=1M by-abbreviation'],
  ])('%s is %s', (written, expected) => expect(means(written, mariadb)).toBe(expected))
})

describe('the version decides', () => {
  it.each([
    ['8.0.36', 'max_connection=10', 'max_connection=10 unknown'],
    ['8.4.0', 'skip-log-bin', 'log_bin=0'],
    ['8.4.0', 'loose-max_connection=1', 'max_connection=1 loose unknown'],
    ['8.0.36', 'validate-password.length=8', 'validate_password.length=8'],
    ['8.0.36', 'hot.key_buffer_size=1M', 'hot.key_buffer_size=1M'],
    ['5.7.44', 'max_connection=10', 'max_connections=10 by-abbreviation'],
    ['5.7.44', 'max_conn=10', 'max_conn=10 ambiguous max_connect_errors max_connections'],
    ['5.7.44', 'Max_connections=10', 'Max_connections=10 unknown'],
    ['10.5.23-MariaDB', 'Max_connections=10', 'Max_connections=10 unknown'],
    ['10.5.23-MariaDB', 'max_connection=10', 'max_connections=10 by-abbreviation'],
    ['5.0.51', 'set-variable=max_connections=12', 'max_connections=12'],
    ['5.0.51', 'set-variable=key_buf=16M', 'key_buffer_size=16M by-abbreviation'],
    ['5.0.51', 'set_variable=log-bin', 'log_bin'],
    ['5.5.3', 'set-variable=max_connections=12', 'set_variable=max_connections=12 unknown'],
  ])('%s reads %s as %s', (version, written, expected) => expect(means(written, on(version))).toBe(expected))
})

describe('without a list', () => {
  it.each([
    ['Max-Connections=1', 'Max_Connections=1 as-written'],
    ['skip-name-resolve', 'skip_name_resolve as-written'],
    ['loose-x=1', 'x=1 loose as-written'],
    ['loose_loose-x', 'x loose as-written'],
    ['set-variable=a-b=c=d', 'a_b=c=d as-written'],
    ['set-variable', 'set_variable as-written'],
  ])('%s is %s', (written, expected) => expect(means(written, {})).toBe(expected))
})
