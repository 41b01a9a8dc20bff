import type { FaultId } from './faults'
import type { Stage } from './moments'

/** How a change may end, as the screen says it: an outcome, or that its plan went stale and nothing was touched. */
export type End =
  | 'applied'
  | 'applied-unverified'
  | 'reverted'
  | 'not-started'
  | 'stale'
  | 'foreign-edit-kept'
  | 'undo-failed'
  | 'split'

const untouched: readonly End[] = ['not-started', 'stale']
const either: readonly End[] = ['applied', 'reverted', 'not-started']

/** Fixed before the matrix was run: a cell that ends otherwise is red. */
const table: Record<FaultId, Record<Stage, readonly End[]>> = {
  none: row(['applied'], ['applied'], ['applied'], ['applied'], ['reverted']),
  'dashboard-restarted': row(either, ['applied', 'reverted'], ['applied', 'reverted'], ['applied'], ['reverted']),
  'dashboard-gone': row(
    either,
    ['applied', 'reverted'],
    ['applied', 'reverted', 'split'],
    ['applied', 'split'],
    ['reverted'],
  ),
  'link-5s': row(either, ['applied', 'reverted'], ['applied', 'reverted'], ['applied'], ['reverted']),
  'link-gone': row(
    either,
    ['applied', 'reverted'],
    ['applied', 'reverted', 'split'],
    ['applied', 'split'],
    ['reverted'],
  ),
  'disk-full': row(
    ['not-started', 'stale', 'applied', 'reverted'],
    ['applied', 'reverted'],
    ['applied', 'reverted'],
    ['applied'],
    ['reverted'],
  ),
  'inodes-full': row(
    ['not-started', 'stale', 'applied', 'reverted'],
    ['applied', 'reverted'],
    ['applied', 'reverted'],
    ['applied'],
    ['reverted'],
  ),
  'proof-fails': row(['reverted'], ['reverted'], ['reverted'], ['reverted'], ['reverted']),
  'undo-fails': row(['undo-failed'], ['undo-failed'], ['undo-failed'], ['undo-failed'], ['undo-failed']),
  rebooted: row(either, ['applied', 'reverted'], ['applied', 'reverted', 'split'], ['applied', 'split'], ['reverted']),
  'power-cut': row(
    either,
    ['applied', 'reverted'],
    ['applied', 'reverted', 'split'],
    ['applied', 'reverted', 'split'],
    ['reverted'],
  ),
  'clock-back': row(['applied'], ['applied'], ['applied'], ['applied'], ['reverted']),
  'sshd-stopped': row(
    either,
    ['applied', 'reverted'],
    ['applied', 'reverted', 'split'],
    ['applied', 'split'],
    ['reverted'],
  ),
  'second-dashboard': row(['applied', 'not-started'], ['applied'], ['applied'], ['applied'], ['reverted']),
  'edited-before': row(untouched, untouched, untouched, untouched, untouched),
  'edited-after': row(
    ['foreign-edit-kept'],
    ['foreign-edit-kept'],
    ['foreign-edit-kept', 'applied'],
    ['applied'],
    ['foreign-edit-kept', 'reverted'],
  ),
  cancelled: row(['reverted', 'not-started'], ['reverted'], ['reverted', 'applied'], ['applied'], ['reverted']),
  'supervisor-killed': row(either, ['reverted', 'applied'], ['reverted', 'applied'], ['applied'], ['reverted']),
}

/** The ends that a fault at a stage allows. */
export function allowedEnds(fault: FaultId, stage: Stage): readonly End[] {
  return table[fault][stage]
}

function row(
  before: readonly End[],
  steps: readonly End[],
  checked: readonly End[],
  stands: readonly End[],
  undo: readonly End[],
): Record<Stage, readonly End[]> {
  return { before, steps, checked, stands, undo }
}
