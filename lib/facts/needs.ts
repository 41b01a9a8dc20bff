import { deepNeeds } from './deep-needs'
import { fileSystemNeeds } from './file-system-needs'
import type { CheapFacts, DeepFacts } from './host/host-facts'
import type { HostState, Need } from './need'

/** Pure: what needs a person on this host at `now` (ms since 1970), the urgent first. */
export function needsOf(host: HostState, now: number): Need[] {
  if (!host.reach.reached) return [outOfReach(host.name, host.reach)]
  const { cheap, deep, previous } = host
  const needs = [
    ...(cheap
      ? [
          ...unitNeeds(cheap.facts),
          ...fileSystemNeeds(cheap, previous),
          ...rebootNeeds(cheap.facts, deep?.facts ?? null),
          ...clockNeeds(cheap.facts),
          ...memoryNeeds(cheap.facts),
        ]
      : []),
    ...deepNeeds(cheap?.facts ?? null, deep, now),
  ]
  const order = { now: 0, soon: 1, 'not-known': 2 } as const
  return needs.sort((a, b) => order[a.level] - order[b.level])
}

function outOfReach(name: string, reach: Extract<HostState['reach'], { reached: false }>): Need {
  const since = reach.since === null ? '' : ` Not reached since ${new Date(reach.since).toISOString()}.`
  return {
    id: 'reach',
    kind: 'reach',
    level: 'now',
    title: `${name} is out of reach`,
    evidence: `${reach.reason}${since}`,
  }
}

function unitNeeds({ services }: CheapFacts): Need[] {
  if (services.state === 'not-read') {
    return [
      {
        id: 'units',
        kind: 'units',
        level: 'not-known',
        title: 'Services could not be read',
        evidence: services.detail,
      },
    ]
  }
  return (services.value.failed ?? []).map((unit) => ({
    id: `units:${unit.name}`,
    kind: 'units' as const,
    level: 'now' as const,
    title: `${unit.name} failed`,
    evidence: unit.description || 'systemd lists the unit as failed.',
  }))
}

function rebootNeeds({ reboot, kernel }: CheapFacts, deep: DeepFacts | null): Need[] {
  if (reboot.state === 'read' && reboot.value.required) {
    const { packages } = reboot.value
    const evidence =
      packages.length > 0 ? `Asked for by ${packages.join(', ')}.` : 'The host keeps the mark /run/reboot-required.'
    return [{ id: 'reboot', kind: 'reboot', level: 'soon', title: 'A reboot is required', evidence }]
  }
  const installed = deep?.installedKernel
  if (installed?.state !== 'read' || kernel.state !== 'read' || installed.value.release === kernel.value.release)
    return []
  const evidence = `Linux ${kernel.value.release} runs; the next boot takes ${installed.value.release}.`
  return [{ id: 'reboot', kind: 'reboot', level: 'soon', title: 'Another kernel waits for a reboot', evidence }]
}

const maxSkewMs = 2000

function clockNeeds({ clock }: CheapFacts): Need[] {
  if (clock.state === 'not-read') return []
  const { skewMs, uncertaintyMs } = clock.value
  // Only what the skew is at least counts: a slow answer must not look like a wrong clock.
  if (Math.abs(skewMs) - uncertaintyMs <= maxSkewMs) return []
  const seconds = (Math.abs(skewMs) / 1000).toFixed(1)
  const title = `The clock is ${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`
  const evidence = `Measured against this dashboard's clock, within ${(uncertaintyMs / 1000).toFixed(1)} s.`
  return [{ id: 'clock', kind: 'clock', level: Math.abs(skewMs) > 60_000 ? 'now' : 'soon', title, evidence }]
}

function memoryNeeds({ memory }: CheapFacts): Need[] {
  if (memory.state === 'not-read') {
    return [
      { id: 'memory', kind: 'memory', level: 'not-known', title: 'Memory could not be read', evidence: memory.detail },
    ]
  }
  const { availableBytes, totalBytes, pressure } = memory.value
  const free = Math.round((availableBytes / totalBytes) * 100)
  const waiting = pressure?.memory?.some.avg300 ?? 0
  if (waiting < 10 && free >= 5) return []
  const told = pressure?.memory ? `Tasks waited for memory ${waiting.toFixed(0)} % of the last 5 minutes. ` : ''
  return [
    {
      id: 'memory',
      kind: 'memory',
      level: waiting >= 10 ? 'now' : 'soon',
      title: waiting >= 10 ? 'Programs wait for memory' : `Only ${free} % of the memory is available`,
      evidence: `${told}${free} % is available.`,
    },
  ]
}
