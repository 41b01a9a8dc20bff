import type { Plan, PlanHost } from '@/lib/agent'
import type { IpsecDesired } from './desired'
import type { IpsecFacts } from './facts/facts'
import { planMesh } from './plan-mesh'
import { planClean } from './prepare/plan-clean'
import { planPrepare } from './prepare/plan-prepare'
import { planRekey } from './rekey/plan-rekey'

/** The plan of one wish. Throws `invalid` with the reason where it cannot be met. */
export function planIpsec(hosts: readonly PlanHost<IpsecFacts>[], desired: IpsecDesired): Plan {
  switch (desired.kind) {
    case 'mesh':
      return planMesh(hosts, desired)
    case 'prepare':
      return planPrepare(hosts, desired)
    case 'clean':
      return planClean(hosts)
    case 'rekey':
      return planRekey(hosts, desired)
  }
}
