import { expect, it } from 'vitest'
import { serverViews } from '../view'
import { parseTables } from './tables-probe'
import { hostWith } from './testing'
import { conversionOf, offeredTables } from './view'

const table = (name: string, dataBytes: number, ...obstacles: string[]) => ({
  ...{ schema: 'old', name, rows: 1, dataBytes, indexBytes: 0, obstacles, closed: null },
})

it('offers what InnoDB can take first, the largest before the others, with the room that each needs', () => {
  const offered = offeredTables([table('c', 9e6, 'it is partitioned'), table('b', 10), table('a', 4e6)])
  expect(offered.map(({ name, needsBytes }) => [name, needsBytes])).toEqual([
    ['a', 10e6],
    ['b', 2.5 * 2 ** 20],
    ['c', 22.5e6],
  ])
})

it('does not offer a name that no wish takes, and says why', () => {
  expect(offeredTables([table('a\\b', 10)])[0]?.obstacles).toEqual([
    'Names with control characters or a backslash are left alone.',
  ])
})

it.each([
  ["Table './old/a' is marked as crashed and should be repaired", 'REPAIR TABLE `old`.`a`, which gives up'],
  ["Index for table './old/a' is corrupt; try to repair it", 'REPAIR TABLE `old`.`a` USE_FRM'],
  ["Incorrect file format 'a'", 'REPAIR TABLE `old`.`a` USE_FRM'],
  ["Can't find file: './old/a.MYI' (errno: 2)", 'REPAIR TABLE `old`.`a` USE_FRM'],
  ["File './old/a.MYD' not found (Errcode: 2)", 'from a backup'],
  ["Table 'old.a' doesn't exist in engine", 'from a backup'],
])('does not offer a table that cannot be opened, and says what to do: %s', (closed, way) => {
  const [offered] = offeredTables([{ ...table('a', 0), closed }])
  expect(offered?.obstacles).toEqual([closed, expect.stringContaining(way)])
})

it('lists what cannot be opened once, behind what can', () => {
  const text =
    'table\told\tv8\t5\t10\t0\ntable\told\topen\t5\t10\t0\nclosed\told\tv8\tis marked as crashed\nclosed\told\tb\tgone\n'
  expect(parseTables(text).map(({ name, closed }) => [name, closed])).toEqual([
    ['open', null],
    ['v8', 'is marked as crashed'],
    ['b', 'gone'],
  ])
})

it('says what keeps all tables of a server from it', () => {
  const why = (variables: Record<string, string>) =>
    conversionOf(hostWith('mariadb-10.11', [], { variables }), '/data').whyNot
  expect(why({})).toEqual([])
  expect(why({ read_only: 'ON' })).toEqual([expect.stringContaining('read-only')])
})

it('counts the tables of MyISAM, and those that cannot be opened, outside the own databases of the server', () => {
  const host = hostWith('mariadb-10.11', [])
  const [server] = host.facts.servers
  if (server?.said.state !== 'read') throw new Error('expected a server that was asked')
  const group = (schema: string, engine: string | null, tables: number) => ({
    ...{ schema, engine, tables, dataBytes: 0, indexBytes: 0, freeBytes: 0 },
  })
  const value = [
    group('old', 'MyISAM', 5),
    group('mysql', 'MyISAM', 2),
    group('shop', 'InnoDB', 3),
    group('old', null, 1),
  ]
  server.said.value.tables = { state: 'read', value }
  expect(serverViews(host)).toMatchObject([{ myisamTables: 5, closedTables: 1 }])
})
