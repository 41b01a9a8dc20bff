import type { Status } from '@/components/base/status-mark'
import type { Step } from '@/lib/agent'
import { type Blocker, waitText } from '@/lib/changes/blockers'
import type { HostPart, StepState } from '@/lib/changes/get-change'

const outcomeWords: Readonly<Record<string, { status: Status; word: string }>> = {
  applied: { status: 'ok', word: 'Done and proved' },
  'applied-unverified': { status: 'unknown', word: 'Done, not all proved' },
  reverted: { status: 'warn', word: 'Undone' },
  'foreign-edit-kept': { status: 'warn', word: 'Somebody’s edit kept' },
  split: { status: 'bad', word: 'Split' },
  'undo-failed': { status: 'bad', word: 'Undo failed' },
  'not-started': { status: 'info', word: 'Not begun' },
  cancelled: { status: 'info', word: 'Dropped' },
  expired: { status: 'info', word: 'Approval expired' },
}

const stateWords: Readonly<Record<string, { status: Status; word: string }>> = {
  planned: { status: 'waiting', word: 'Planned' },
  asked: { status: 'ask', word: 'Waits for approval' },
  stale: { status: 'unknown', word: 'Stale' },
  scheduled: { status: 'waiting', word: 'Scheduled' },
  queued: { status: 'waiting', word: 'Queued' },
  approved: { status: 'running', word: 'Approved' },
  applying: { status: 'running', word: 'Applying' },
  ended: { status: 'unknown', word: 'Ended' },
}

/** Shape and word of an ending as it is stored; one that is not known is shown as it stands. */
export function outcomeStatus(outcome: string): { status: Status; word: string } {
  return outcomeWords[outcome] ?? { status: 'unknown', word: outcome }
}

/** Shape and word of a change's state, or of how it ended. */
export function changeStatus(change: {
  state: string
  outcome: string | null
  hosts?: readonly { state: string }[]
  waitsFor?: readonly Blocker[]
}): { status: Status; word: string } {
  if (change.state === 'queued' && change.waitsFor && change.waitsFor.length > 0)
    return { status: 'waiting', word: `W${waitText(change.waitsFor).slice(1)}` }
  // One host has given up what another could not take back yet.
  if (change.state === 'applying' && change.hosts?.some((host) => host.state === 'held'))
    return { status: 'bad', word: 'Split, for now' }
  const ended = change.state === 'ended' && change.outcome ? outcomeStatus(change.outcome) : undefined
  return ended ?? stateWords[change.state] ?? { status: 'unknown', word: change.state }
}

const stepStatus: Readonly<Record<StepState, Status>> = {
  waiting: 'waiting',
  running: 'running',
  done: 'ok',
  failed: 'bad',
  undoing: 'running',
  undone: 'warn',
  'undo-failed': 'bad',
  kept: 'warn',
}

/** The mark of a step, once its change was begun. */
export function stepMark(state: StepState): Status {
  return stepStatus[state]
}

/** The board's cell of one host in one phase. */
export function phaseCell(host: HostPart, phaseId: string): { status: Status; word: string; note?: string } {
  const steps = host.steps.filter((part) => part.phaseId === phaseId)
  const count = (state: StepState) => steps.filter((part) => part.state === state).length
  const total = steps.length
  if (total === 0) return { status: 'info', word: 'nothing here' }
  if (count('undo-failed') > 0) return { status: 'bad', word: 'undo failed' }
  if (count('kept') > 0) return { status: 'warn', word: 'edit kept' }
  if (count('undone') > 0) return { status: 'warn', word: `${count('undone')} taken back` }
  if (count('undoing') > 0) return { status: 'running', word: 'taking back' }
  if (count('failed') > 0) return { status: 'bad', word: 'failed' }
  if (count('done') === total) return { status: 'ok', word: `${total} of ${total}` }
  if (count('done') + count('running') > 0) return { status: 'running', word: `${count('done')} of ${total}` }
  return { status: 'waiting', word: `${total} ${total === 1 ? 'step' : 'steps'}` }
}

/** A step as it will be done, for the column "How". */
export function stepHow(step: Step): string {
  if (step.kind === 'file') return `${step.after === null ? 'remove' : 'write'} ${step.path}`
  if (step.kind === 'knob') return `${step.value} > ${step.path}`
  if (step.kind === 'address')
    return `ip addr ${step.present ? 'add' : 'del'} ${step.address} dev ${step.device}${step.label ? ` label ${step.label}` : ''}`
  if (step.kind === 'install') return `apt-get install ${step.packages.join(' ')}`
  return step.run.join(' ')
}

/** A step's way back, for the column "Way back": in words, or the command that is run. */
export function stepBack(step: Step): { words: string } | { command: string } {
  const { undo } = step
  if ('irreversible' in undo) return { words: `none: ${undo.irreversible}` }
  if ('copy' in undo)
    return { words: step.kind === 'file' && step.before === null ? 'remove it again' : 'copy of today' }
  if ('knob' in undo) return { words: `${undo.value} again` }
  if ('address' in undo) return { words: step.kind === 'address' && step.before ? 'put on again' : 'taken off again' }
  if ('disable' in undo) return { words: 'stays installed, switched off' }
  if ('run' in undo) return { command: undo.run.join(' ') }
  return { words: 'nothing to undo' }
}
