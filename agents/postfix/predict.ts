import type { Plan, PlanHost } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import { parseAddress } from '@/lib/agent/ip-address'
import type { PostfixFacts } from './facts'
import { NONLOCAL_PATH, nonlocalKnob, PRIMARY } from './paths'
import { expectedSockets } from './sockets'

/** The host's facts once a plan was applied, its own or another agent's: files, addresses, knobs, and what listens then. */
export function predictFacts({ hostId, facts }: PlanHost<PostfixFacts>, plan: Plan): PostfixFacts {
  const steps = plan.phases.flatMap((phase) =>
    phase.hosts.filter((host) => host.hostId === hostId).flatMap((host) => host.steps),
  )
  const known = Object.keys(facts.files)
  const own = steps
    .filter((step) => step.kind === 'file')
    .filter(
      ({ path }) =>
        known.includes(path) ||
        path.startsWith(PRIMARY) ||
        path === NONLOCAL_PATH ||
        path.includes('/50-pollux-addresses'),
    )
  const knob = (family: 4 | 6) => steps.findLast((step) => step.kind === 'knob' && step.path === nonlocalKnob(family))
  const saysOne = (family: 4 | 6) => {
    const step = knob(family)
    return step?.kind === 'knob' ? step.value === '1' : facts.nonlocalBind[family]
  }
  const after: PostfixFacts = {
    ...facts,
    files: filesAfter(facts.files, own),
    addresses: steps.reduce((addresses, step) => {
      const address = step.kind === 'address' ? parseAddress(step.address) : null
      if (step.kind !== 'address' || !address) return addresses
      const others = addresses.filter(({ host }) => host !== address.host)
      if (!step.present) return others
      const { family, host, prefix } = address
      const rest = { peer: null, scope: 'global', label: step.label ?? null, flags: [], device: step.device }
      return [...others, { family, host, prefix, ...rest }]
    }, facts.addresses),
    nonlocalBind: { 4: saysOne(4), 6: saysOne(6) },
  }
  const isInstalled = steps.some((step) => step.kind === 'install' && step.packages.includes('postfix'))
  return withSockets(isInstalled && after.version === null ? installed(after) : after)
}

/** As a package leaves it; the version is told by the next reading. */
function installed(facts: PostfixFacts): PostfixFacts {
  const instance = { name: '-', directory: PRIMARY, unit: null, isRunning: true, runningBecause: 'it was started' }
  return { ...facts, version: '0', instances: [instance] }
}

function withSockets(facts: PostfixFacts): PostfixFacts {
  if (facts.sockets === null) return facts
  const others = facts.sockets.filter(({ program }) => program !== 'master')
  const own = facts.instances
    .filter(({ isRunning }) => isRunning)
    .flatMap((instance) => expectedSockets(facts, instance))
  return { ...facts, sockets: [...others, ...own] }
}
