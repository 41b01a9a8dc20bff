import type { Agent } from '@/lib/agent'
import { type MysqlDesired, mysqlDesired } from './desired'
import { driftOf } from './drift'
import type { MysqlFacts } from './facts/facts'
import { mysqlProbe } from './facts/probe'
import { lookAgain } from './look-again'
import { AGENT } from './names'
import { planMysql } from './plan'
import { predictFacts } from './predict'
import { scopeOf } from './scope'

export type { AccountDesired } from './account/desired'
export { type InstallDesired, type MysqlDesired, mysqlDesired, type TuneDesired, type TuningAim } from './desired'
export { type MysqlFacts, mysqlFacts } from './facts/facts'

/** MySQL and MariaDB on small hardware: found, tuned within a budget of memory, and put back as they were. */
export const mysqlAgent: Agent<'mysql', MysqlFacts, MysqlDesired> = {
  ...AGENT,
  title: 'MySQL on small hardware',
  about:
    'Tune MySQL or MariaDB within the memory that it may have: proposed with reasons, checked by the server itself, proved, and taken back.',
  probe: mysqlProbe,
  desired: mysqlDesired,
  plan: planMysql,
  predict: predictFacts,
  drift: driftOf,
  scopeOf,
  lookAgain,
}
