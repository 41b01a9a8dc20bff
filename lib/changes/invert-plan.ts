import type { AddressStep, Argv, Check, Guard, InstallStep, Phase, Plan, RunStep, Step } from '@/lib/agent'
import { AppError } from '@/lib/errors'

/** What stands on the hosts now: a file as `host path`, a knob's text as `host path`. */
export interface StandingFacts {
  file(hostId: string, path: string): FileNow
  knob(hostId: string, path: string): string | null
  /** Whether the device has the address (with its prefix). */
  address(hostId: string, device: string, address: string): boolean
}

export type FileNow = { bytes: string; mode: string; owner: string; group: string } | null

/**
 * The plan that takes an applied change back: its steps inverted, in reverse. What somebody edited since is not
 * overwritten: throws AppError `conflict` with the reason (rules 13, 14). A step that cannot be taken back throws too.
 */
export function invertPlan(changeId: number, plan: Plan, now: StandingFacts): Plan {
  const phases = plan.phases.toReversed().map(
    (phase): Phase => ({
      ...phase,
      title: `Take back: ${phase.title}`,
      hosts: phase.hosts.map(({ hostId, steps }) => ({
        hostId,
        steps: withoutRepeats(steps.toReversed().flatMap((step) => invertStep(step, hostId, now))),
      })),
    }),
  )
  const checks = phases.flatMap((phase) =>
    phase.hosts.flatMap(({ hostId, steps }) => steps.flatMap((step) => checkOf(step, hostId, now))),
  )
  const steps = phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
  return {
    agent: plan.agent,
    title: `Revert of #${changeId}: ${plan.title}`,
    summary: `Puts back what change #${changeId} found.`,
    phases,
    checks: lastOfEach(checks),
    basis: phases.flatMap((phase) =>
      phase.hosts.flatMap(({ hostId, steps }) => steps.flatMap((step) => basisOf(step, hostId))),
    ),
    findings: [],
    guard: guardBack(plan),
    // What it takes away still stands in it.
    secrets: plan.secrets ?? [],
    ...(plan.forgets?.length ? { forgets: plan.forgets } : {}),
    ...(plan.once ? { once: true } : {}),
    nothingToDo: steps.length === 0 ? `Everything is as it was before change #${changeId} already.` : null,
  }
}

function invertStep(step: Step, hostId: string, now: StandingFacts): Step[] {
  if ('irreversible' in step.undo)
    throw new AppError('conflict', `step ${step.id} is irreversible`, {
      userMessage: `"${step.title}" cannot be taken back: ${step.undo.irreversible}`,
    })
  if (step.kind === 'file') {
    const standing = now.file(hostId, step.path)
    if (sameFile(standing, step.before)) return []
    if (!sameFile(standing, step.after)) throw editedSince(step.path)
    return [{ ...step, id: `${step.id}.back`, title: back(step.title), before: standing, after: step.before }]
  }
  if (step.kind === 'knob') return knobBack(step, step.path, step.before, hostId, now)
  if (step.kind === 'address') return addressBack(step, hostId, now)
  if (step.kind === 'install') return installBack(step)
  if ('knob' in step.undo) return knobBack(step, step.undo.knob, step.undo.value, hostId, now)
  if ('run' in step.undo) {
    const { run, input, timeoutS } = step.undo
    const undo = { run: step.run, input: step.input, timeoutS: step.timeoutS }
    const same = step.kind === 'run' ? sameWays(step) : {}
    const inverted: RunStep = {
      ...{ kind: 'run', id: `${step.id}.back`, title: back(step.title) },
      ...{ run, input, timeoutS, ...same, undo },
    }
    return [inverted, ...(step.kind === 'run' ? seenBack(step) : [])]
  }
  return []
}

/** The proof of a command that was taken back, where that can be told from its work. */
function seenBack({ id, title, isUndone, isStanding, timeoutS }: RunStep): RunStep[] {
  if (!isUndone || !isStanding) return []
  const seen = { id: `${id}.seen`, title: `See it taken back: ${title}`, run: isUndone } as const
  return [{ kind: 'run', ...seen, timeoutS, proves: true, undo: { nothing: 'It only asks.' } }]
}

/** What holds for a command also when it is taken back, with its two proofs changed for each other. */
function sameWays({ notAtBoot, undoAfterBoot, undoRoomKib, isUndone, isStanding }: RunStep): Partial<RunStep> {
  const proof = isStanding ?? isUndone
  return {
    ...(notAtBoot ? { notAtBoot } : {}),
    ...(undoAfterBoot ? { undoAfterBoot } : {}),
    ...(undoRoomKib ? { undoRoomKib } : {}),
    ...(proof ? { isUndone: proof } : {}),
    ...(isStanding && isUndone ? { isStanding: isUndone } : {}),
  }
}

function addressBack(step: AddressStep, hostId: string, now: StandingFacts): Step[] {
  const isThere = now.address(hostId, step.device, step.address)
  if (isThere === step.before) return []
  return [{ ...step, id: `${step.id}.back`, title: back(step.title), present: step.before, before: isThere }]
}

// Packages stay (rule 3): what came with them is switched off.
function installBack(step: InstallStep): Step[] {
  if (step.units.length === 0) return []
  const systemctl = (verb: string): Argv => ['systemctl', verb, '--now', ...step.units]
  const { timeoutS } = step
  const undo = { run: systemctl('enable'), timeoutS }
  const title = `Switch off what came with ${step.packages.join(', ')}`
  return [{ kind: 'run', id: `${step.id}.back`, title, run: systemctl('disable'), timeoutS, undo }]
}

/** Who gave up first takes again last. */
function guardBack(plan: Plan): Guard | null {
  if (plan.guard === null) return null
  const gaveUp = plan.phases.flatMap((phase) =>
    phase.hosts.filter(({ steps }) => steps.some((step) => step.kind === 'address' && step.exclusive && step.present)),
  )
  return { why: plan.guard.why, outlasts: plan.guard.outlasts.length > 0 ? gaveUp.map((host) => host.hostId) : [] }
}

function knobBack(step: Step, path: string, value: string, hostId: string, now: StandingFacts): Step[] {
  const shown = now.knob(hostId, path)
  // A knob that is gone (its device was taken out) has nothing to go back to.
  if (shown === null) return []
  const before = chosenOf(shown)
  if (before === value) return []
  return [
    {
      kind: 'knob',
      id: `${step.id}.back`,
      title: back(step.title),
      timeoutS: step.timeoutS,
      path,
      value,
      before,
      undo: { knob: path, value: before },
    },
  ]
}

/** What a knob says as it must be written: the word in brackets where it offers several. */
export function chosenOf(shown: string): string {
  return /\[([^\]]+)\]/.exec(shown)?.[1] ?? shown.trim()
}

// A rule that sets a knob and the knob itself both go back to one value: once is enough.
function withoutRepeats(steps: readonly Step[]): Step[] {
  const seen = new Set<string>()
  return steps.filter((step) => {
    if (step.kind !== 'knob') return true
    const key = `${step.path} ${step.value}`
    return !seen.has(key) && seen.add(key)
  })
}

function sameFile(a: FileNow, b: FileNow): boolean {
  if (a === null || b === null) return a === b
  return a.bytes === b.bytes && a.mode === b.mode && a.owner === b.owner && a.group === b.group
}

function editedSince(path: string): AppError {
  return new AppError('conflict', `${path} is no longer as the change left it`, {
    userMessage: `${path} was edited since. Taking the change back would lose that edit, so Pollux does not.`,
    data: { path },
  })
}

function back(title: string): string {
  return `Take back: ${title}`
}

function checkOf(step: Step, hostId: string, now: StandingFacts): Check[] {
  const common = { id: `${step.id}.check`, hostId, weight: 'must' as const, timeoutS: 10 }
  if (step.kind === 'knob')
    return [
      {
        ...common,
        title: `${step.path} says ${step.value} again`,
        read: { file: step.path },
        expect: knobSays(step.value, now.knob(hostId, step.path)),
      },
    ]
  if (step.kind === 'file' && step.after === null)
    return [{ ...common, title: `${step.path} is gone again`, read: { file: step.path }, expect: { absent: true } }]
  if (step.kind === 'address')
    return [
      {
        ...common,
        title: step.present
          ? `${step.address} is on ${step.device} again`
          : `${step.device} has ${step.address} no more`,
        read: { command: ['ip', '-o', 'addr', 'show', 'dev', step.device] },
        expect: step.present ? { includes: ` ${step.address} ` } : { excludes: ` ${step.address} ` },
      },
    ]
  return []
}

function knobSays(value: string, shown: string | null) {
  return shown?.includes('[') ? { includes: `[${value}]` } : { equals: value }
}

// A knob that two steps set ends as the last one says.
function lastOfEach(checks: readonly Check[]): Check[] {
  const byWhat = new Map(checks.map((check) => [`${check.hostId} ${JSON.stringify(check.read)}`, check]))
  return [...byWhat.values()]
}

function basisOf(step: Step, hostId: string) {
  if (step.kind === 'file')
    return [{ hostId, name: `file ${step.path}`, value: step.before === null ? 'absent' : JSON.stringify(step.before) }]
  if (step.kind === 'address')
    return [{ hostId, name: `address ${step.address} on ${step.device}`, value: step.before ? 'there' : 'absent' }]
  if (step.kind === 'knob') return [{ hostId, name: `knob ${step.path}`, value: step.before }]
  return []
}
