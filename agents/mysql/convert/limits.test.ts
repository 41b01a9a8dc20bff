import { expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import { innodbLimits } from './limits'
import { rulesFor } from './obstacle-rules'
import { parseTables } from './tables-probe'

function versionOf(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (!version) throw new Error(`expected a version, got ${text}`)
  return version
}
const dynamic = { innodb_default_row_format: 'dynamic' }
const conditional = (text: string, variables: Record<string, string>) =>
  rulesFor(innodbLimits(versionOf(text), variables)).filter((id) => ['fulltext', 'spatial', 'key-prefix'].includes(id))

// MySQL manual, "InnoDB Full-Text Indexes", "InnoDB Limits"; MariaDB's pages of the same names.
it.each([
  ['5.0.96', {}, ['fulltext', 'spatial', 'key-prefix']],
  ['5.6.3', {}, ['fulltext', 'spatial', 'key-prefix']],
  ['5.6.4', {}, ['spatial', 'key-prefix']],
  ['5.7.4', {}, ['spatial', 'key-prefix']],
  ['5.7.9', { ...dynamic, innodb_large_prefix: 'ON', innodb_file_format: 'Barracuda' }, []],
  ['5.7.9', { ...dynamic, innodb_large_prefix: 'OFF', innodb_file_format: 'Barracuda' }, ['key-prefix']],
  ['5.7.9', { ...dynamic, innodb_large_prefix: 'ON', innodb_file_format: 'Antelope' }, ['key-prefix']],
  ['8.0.36', dynamic, []],
  ['8.0.36', { ...dynamic, innodb_page_size: '4096' }, ['key-prefix']],
  ['10.0.4-MariaDB', {}, ['fulltext', 'spatial', 'key-prefix']],
  ['10.0.5-MariaDB', {}, ['spatial', 'key-prefix']],
  ['10.2.1-MariaDB', {}, ['spatial', 'key-prefix']],
  ['10.5.29-MariaDB', { ...dynamic, innodb_large_prefix: '', innodb_file_format: '' }, []],
  ['10.11.6-MariaDB', dynamic, []],
])('%s with %j looks for %j', (text, variables, ids) => {
  expect(conditional(text, variables)).toEqual(ids)
})

it('reads tables and what stands in the way of each, by their exact names', () => {
  const rows = [
    'table\told\ta\t3\t100\t200',
    'table\told\tA\tNULL\t0\t1024',
    'table\to\\\\d\ta\t0\t0\t1024',
    'obstacle\told\tA\tit has 2000 columns',
    '',
  ]
  expect(parseTables(rows.join('\n'))).toEqual([
    { schema: 'old', name: 'a', rows: 3, dataBytes: 100, indexBytes: 200, obstacles: [], closed: null },
    {
      schema: 'old',
      name: 'A',
      rows: null,
      dataBytes: 0,
      indexBytes: 1024,
      obstacles: ['it has 2000 columns'],
      closed: null,
    },
    { schema: 'o\\d', name: 'a', rows: 0, dataBytes: 0, indexBytes: 1024, obstacles: [], closed: null },
  ])
})
