import type { Check } from '@/lib/agent'
import type { ResolvedServer } from '../server/resolve-server'
import { questionOf } from '../server/root-client'
import type { Wished } from './wished'

/** Every variable read back from the server must say what was asked for. */
export function valueChecks(server: ResolvedServer, wished: readonly Wished[]): Check[] {
  return wished.map(({ name, shown }) => ({
    id: `is-${name.replaceAll('_', '-')}`,
    hostId: server.hostId,
    title: `The server has ${name} = ${shown}`,
    weight: 'must',
    timeoutS: 20,
    read: { command: questionOf(server.client, `SHOW GLOBAL VARIABLES WHERE Variable_name = '${name}'`) },
    expect: { name, value: shown },
  }))
}

/** InnoDB of an old version goes away without a word where its log does not fit: every engine must be as it was. */
export function engineChecks(server: ResolvedServer): Check[] {
  return server.said.engines
    .filter(({ support }) => support === 'YES' || support === 'DEFAULT')
    .filter(({ name }) => ['InnoDB', 'MyISAM', 'Aria'].includes(name))
    .map(({ name }) => ({
      id: `engine-${name.toLowerCase()}`,
      hostId: server.hostId,
      title: `The engine ${name} is there as before`,
      weight: 'must',
      timeoutS: 20,
      read: {
        command: questionOf(
          server.client,
          `SELECT COUNT(*) FROM information_schema.ENGINES WHERE ENGINE = '${name}' AND SUPPORT IN ('YES', 'DEFAULT')`,
        ),
      },
      expect: { equals: '1' },
    }))
}
