import type { Plan, PlanHost } from '@/lib/agent'
import { planAccount } from './account/plan-account'
import { planConvert } from './convert/plan-convert'
import type { MysqlDesired } from './desired'
import type { MysqlFacts } from './facts/facts'
import { planInstall } from './install/plan-install'
import { planTune } from './tune/plan-tune'

/** What comes of a wish. Throws AppError `invalid` where it cannot be met, with the reason. */
export function planMysql(hosts: readonly PlanHost<MysqlFacts>[], desired: MysqlDesired): Plan {
  switch (desired.kind) {
    case 'tune':
      return planTune(hosts, desired)
    case 'convert':
      return planConvert(hosts, desired)
    case 'install':
      return planInstall(hosts, desired)
    case 'account':
      return planAccount(hosts, desired)
  }
}
