import type { BasisItem } from '@/lib/agent'
import type { PlanRecord } from './plan-record'

/** A fact that a plan rests on and that reads otherwise for another one. */
export interface BasisChange {
  hostName: string
  name: string
  before: string | null
  now: string | null
}

/** What two plans rest on, where they differ. */
export function basisChanges(before: Omit<PlanRecord, 'fresh'>, now: Omit<PlanRecord, 'fresh'>): BasisChange[] {
  const nameOf = new Map([...before.hosts, ...now.hosts].map((host) => [host.id, host.name]))
  const key = (item: BasisItem) => `${item.hostId} ${item.name}`
  const old = new Map(before.plan.basis.map((item) => [key(item), item]))
  const fresh = new Map(now.plan.basis.map((item) => [key(item), item]))
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((each) => {
    const [was, is] = [old.get(each), fresh.get(each)]
    const item = was ?? is
    if (!item || was?.value === is?.value) return []
    return [
      {
        hostName: nameOf.get(item.hostId) ?? item.hostId,
        name: item.name,
        before: was?.value ?? null,
        now: is?.value ?? null,
      },
    ]
  })
}
