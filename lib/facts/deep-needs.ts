import type { CheapFacts, DeepFacts } from './host/host-facts'
import type { Need, TierReading } from './need'

const dayMs = 86_400_000
const certificateDays = 21
const certificateNowDays = 7

/** What the deep tier tells: updates and certificates. Where it was never read, the host's own note of updates counts. */
export function deepNeeds(cheap: CheapFacts | null, deep: TierReading<DeepFacts> | null, now: number): Need[] {
  return [...updateNeeds(cheap, deep), ...(deep ? certificateNeeds(deep.facts, now) : [])]
}

function updateNeeds(cheap: CheapFacts | null, deep: TierReading<DeepFacts> | null): Need[] {
  const updates = deep?.facts.updates
  if (updates?.state === 'read') {
    const { security, packages } = updates.value
    const names = packages.filter((one) => one.security).map((one) => one.name)
    const shown = names.slice(0, 5).join(', ')
    return securityNeed(security, names.length > 5 ? `${shown} and ${names.length - 5} more.` : `${shown}.`)
  }
  if (cheap?.updateNotice.state === 'read') {
    return securityNeed(cheap.updateNotice.value.security, 'By the note that the host keeps of its updates.')
  }
  // Without apt there is nothing that could have told; with it, silence is not "up to date".
  if (updates && !['no-program', 'absent'].includes(updates.why)) {
    return [
      {
        id: 'updates',
        kind: 'updates',
        level: 'not-known',
        title: 'Updates could not be read',
        evidence: updates.detail,
      },
    ]
  }
  return []
}

function securityNeed(count: number, evidence: string): Need[] {
  if (count === 0) return []
  const title = count === 1 ? 'A security update waits' : `${count} security updates wait`
  return [{ id: 'updates', kind: 'updates', level: 'soon', title, evidence }]
}

function certificateNeeds({ certificates }: DeepFacts, now: number): Need[] {
  if (certificates.state === 'not-read') {
    if (['no-program', 'absent'].includes(certificates.why)) return []
    const title = 'Certificates could not be read'
    return [{ id: 'certificate', kind: 'certificate', level: 'not-known', title, evidence: certificates.detail }]
  }
  return certificates.value.certificates.flatMap((one) => {
    const days = (Date.parse(one.notAfter) - now) / dayMs
    if (days >= certificateDays) return []
    const title =
      days < 0
        ? `The certificate ${one.path} has expired`
        : `The certificate ${one.path} expires in ${plural(Math.floor(days))}`
    return [
      {
        id: `certificate:${one.path}`,
        kind: 'certificate' as const,
        level: days < certificateNowDays ? ('now' as const) : ('soon' as const),
        title,
        evidence: `${one.subject || 'No subject'}, valid until ${one.notAfter.slice(0, 10)}.`,
      },
    ]
  })
}

function plural(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
