import type { Agent } from '@/lib/agent'
import { type SqlAccountDesired, sqlAccountDesired } from './desired'
import type { SqlAccountFacts } from './facts'
import { AGENT, planAccount } from './plan'
import { sqlAccountProbe } from './probe'

export { type SqlAccountDesired, sqlAccountDesired } from './desired'
export { type SqlAccountFacts, sqlAccountFacts } from './facts'

/** An account of MySQL, MariaDB or PostgreSQL that may only read one database, made on the server's own host. */
export const sqlAccountAgent: Agent<'sql-account', SqlAccountFacts, SqlAccountDesired> = {
  ...AGENT,
  title: 'Read-only SQL account',
  about: 'Make an account with which Pollux reads a backup catalog and can do nothing else.',
  probe: sqlAccountProbe,
  desired: sqlAccountDesired,
  plan: planAccount,
  // Facts tell nothing of accounts: no plan changes them, and what was made shows where the catalog is read.
  predict: ({ facts }) => facts,
  drift: () => [],
}
