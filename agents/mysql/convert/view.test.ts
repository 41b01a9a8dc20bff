import { expect, it } from 'vitest'
import { serverViews } from '../view'
import { hostWith } from './testing'
import { conversionOf, offeredTables } from './view'

const table = (name: string, dataBytes: number, ...obstacles: string[]) => ({
  ...{ schema: 'old', name, rows: 1, dataBytes, indexBytes: 0, obstacles },
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

it('says what keeps all tables of a server from it', () => {
  const why = (variables: Record<string, string>) =>
    conversionOf(hostWith('mariadb-10.11', [], { variables }), '/data').whyNot
  expect(why({})).toEqual([])
  expect(why({ read_only: 'ON' })).toEqual([expect.stringContaining('read-only')])
})

it('counts the tables of MyISAM outside the own databases of the server', () => {
  const host = hostWith('mariadb-10.11', [])
  const [server] = host.facts.servers
  if (server?.said.state !== 'read') throw new Error('expected a server that was asked')
  const group = (schema: string, engine: string, tables: number) => ({
    ...{ schema, engine, tables, dataBytes: 0, indexBytes: 0, freeBytes: 0 },
  })
  const value = [group('old', 'MyISAM', 5), group('mysql', 'MyISAM', 2), group('shop', 'InnoDB', 3)]
  server.said.value.tables = { state: 'read', value }
  expect(serverViews(host).map(({ myisamTables }) => myisamTables)).toEqual([5])
})
