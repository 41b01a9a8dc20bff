import { defineProbe } from '@/lib/agent'
import { programsOf } from '@/lib/agent/raw-reading'
import type { SqlAccountFacts } from './facts'

/** Programs alone: asking the server as its administrator is no reading. */
export const sqlAccountProbe = defineProbe<'sql-account', SqlAccountFacts, 'programs'>({
  id: 'sql-account',
  timeoutS: 5,
  readings: { programs: { kind: 'programs', names: ['mariadb', 'mysql', 'psql', 'runuser'] } },
  parse: ({ programs }) => ({ state: 'read', value: { programs: [...programsOf(programs)].toSorted() } }),
})
