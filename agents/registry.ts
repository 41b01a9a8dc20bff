import type { Agent } from '@/lib/agent'
import { baculaAgent } from './bacula'
import { failoverAgent } from './failover-ip'
import { ipsecAgent } from './ipsec'
import { mysqlAgent } from './mysql'
import { postfixAgent } from './postfix'
import { schedulerAgent } from './scheduler'
import { sqlAccountAgent } from './sql-account'

/** Every agent there is, in the order of the list of wizards. Adding one here gives it its readings, plans and drift. */
export const agents: readonly Agent<string, unknown, unknown>[] = [
  schedulerAgent,
  failoverAgent,
  ipsecAgent,
  postfixAgent,
  mysqlAgent,
  baculaAgent,
  sqlAccountAgent,
]

/** Those that a person begins with. An account is asked for where a catalog is connected, which takes an admin. */
export const wizards = agents.filter(({ id }) => id !== sqlAccountAgent.id)
