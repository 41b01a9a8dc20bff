import type { Params } from '@/components/table/sort'
import type { ChangeView, HostPart } from '@/lib/changes/get-change'

/** A plan of more steps is shown one host at a time: that of a mesh of fifty hosts has tens of thousands. */
const mostSteps = 400

/** So many proofs that failed on other hosts are shown beside those of the host that was chosen. */
const mostFailed = 50

/** A host to choose, by its id, with how it is. */
export interface HostChoice {
  hostId: string
  name: string
  /** "294 steps", "294 steps, failed". */
  words: string
}

/** What of a change its page shows of steps, files, inputs and proofs. */
export interface ShownPart {
  change: ChangeView
  /** The host whose part it is, where it is not the whole. */
  hostId: string | null
  /** All that can be chosen then. */
  choices: readonly HostChoice[]
}

/** The whole change, or where it is large the part of the host that `?host=` asks for: else of one that failed, or the first. */
export function shownPart(change: ChangeView, params: Params): ShownPart {
  const steps = change.plan.phases.flatMap(({ hosts }) => hosts.map((host) => host.steps.length))
  const ids = [...new Set(change.plan.phases.flatMap(({ hosts }) => hosts.map((host) => host.hostId)))]
  if (ids.length < 2 || steps.reduce((sum, count) => sum + count, 0) <= mostSteps)
    return { change, hostId: null, choices: [] }
  const partOf = new Map(change.hosts.map((host) => [host.hostId, host]))
  const asked = ids.find((id) => id === params['host'])
  const failed = ids.find((id) => hasFailed(partOf.get(id)))
  const hostId = asked ?? failed ?? ids[0] ?? ''
  const choices = ids.map((id) => ({ hostId: id, name: change.hostNames[id] ?? id, words: wordsOf(partOf.get(id)) }))
  return { change: narrowed(change, hostId), hostId, choices }
}

function wordsOf(host: HostPart | undefined): string {
  const count = host?.steps.length ?? 0
  return `${count.toLocaleString('en')} ${count === 1 ? 'step' : 'steps'}${hasFailed(host) ? ', failed' : ''}`
}

function hasFailed(host: HostPart | undefined): boolean {
  return host?.steps.some(({ state }) => state === 'failed' || state === 'undo-failed') ?? false
}

/** The change as if it were about one host alone, but for proofs that failed elsewhere. */
function narrowed(change: ChangeView, hostId: string): ChangeView {
  const { plan, difference } = change
  const name = change.hostNames[hostId] ?? hostId
  const isOf = (part: { hostId: string }) => part.hostId === hostId
  const isOfHost = ({ hostName }: { hostName: string }) => hostName === name
  const failed = change.proofs.filter((proof) => proof.verdict === 'no' && !isOfHost(proof)).slice(0, mostFailed)
  return {
    ...change,
    plan: {
      ...plan,
      phases: plan.phases.map((phase) => ({ ...phase, hosts: phase.hosts.filter(isOf) })),
      checks: plan.checks.filter(isOf),
    },
    hosts: change.hosts.filter(isOf),
    proofs: [...failed, ...change.proofs.filter(isOfHost)],
    difference: difference && {
      steps: difference.steps.filter(isOf),
      files: difference.files.filter(isOf),
      checks: difference.checks.filter(isOf),
    },
  }
}
