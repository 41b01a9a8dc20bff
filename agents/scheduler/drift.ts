import type { Drift, PlanHost } from '@/lib/agent'
import { isExecutable } from './boot-file'
import { bootWayOf } from './boot-way'
import type { SchedulerDesired } from './desired'
import type { Device, SchedulerFacts } from './facts'
import { parseIdentityKey } from './identity'
import { entryIn, ruleIn } from './kept-at-boot'

/** Where a host no longer agrees with what the last change left: the disks, the values in use, what is set at boot. */
export function driftOf({ hostId, facts }: PlanHost<SchedulerFacts>, desired: SchedulerDesired): Drift[] {
  const wishes = Object.entries(desired.hosts[hostId] ?? {})
  return wishes.flatMap(([key, wish]): Drift[] => {
    if (wish === 'leave') return []
    const device = facts.devices.find((found) => found.key === key)
    if (!device) {
      const what = parseIdentityKey(key)?.value ?? key
      return [{ what: `disk ${what}`, expected: `there, with ${wish}`, seen: 'not there' }]
    }
    const live = { what: `scheduler of ${device.name}`, expected: wish, seen: device.active ?? 'not told' }
    const boot = desired.persistence === 'boot' ? bootDrift(facts, device, wish) : null
    return [...(device.active === wish ? [] : [live]), ...(boot ? [boot] : [])]
  })
}

function bootDrift(facts: SchedulerFacts, device: Device, wish: string): Drift | null {
  const way = bootWayOf(facts)
  if (way.way === 'none') return { what: `${device.name} at boot`, expected: wish, seen: `the host ${way.why}` }
  const document = way.way === 'udev' ? facts.ruleFile : way.document
  const drift = (seen: string): Drift => ({ what: `${device.name} in ${way.path}`, expected: wish, seen })
  if (document.state === 'absent') return drift('the file is gone')
  if (document.state === 'unread') return drift('the file could not be read')
  if (document.type !== 'file') return drift(`a ${document.type} stands there`)
  const set = way.way === 'udev' ? ruleIn(document, device) : entryIn(document, device)
  if (set === null) return drift('no line for it')
  if (set !== wish) return drift(set)
  return way.way === 'rc-local' && !isExecutable(document.mode) ? drift('the file is not executable') : null
}
