import type { Cell } from './cell'
import type { FaultId } from './faults'

type Pick = readonly [subject: string, host: string, fault: FaultId, moment: string]

/**
 * The cells of the short form: each fault that a namespace host can have once, at a moment where it matters (reboots and
 * power cuts have tests of their own beside the engine). Half of them on each of two hosts, so that they run at the same time.
 */
const picks: readonly Pick[] = [
  ['test', 'alder', 'none', 'planned'],
  ['test', 'alder', 'dashboard-restarted', 'middle.1'],
  ['test', 'alder', 'dashboard-gone', 'uploaded'],
  ['test', 'alder', 'link-5s', 'start.2'],
  ['test', 'alder', 'disk-full', 'done.1'],
  ['test', 'alder', 'second-dashboard', 'start.1'],
  ['test', 'alder', 'edited-before', 'planned'],
  ['test', 'alder', 'cancelled', 'done.1'],
  ['test', 'cedar', 'dashboard-gone', 'middle.2'],
  ['test', 'cedar', 'link-gone', 'uploading'],
  ['test', 'cedar', 'link-gone', 'undoing.1'],
  ['test', 'cedar', 'proof-fails', 'planned'],
  ['test', 'cedar', 'undo-fails', 'checks.-'],
  ['test', 'cedar', 'sshd-stopped', 'done.1'],
  ['test', 'cedar', 'edited-after', 'middle.1'],
  ['test', 'cedar', 'supervisor-killed', 'done.1'],
  ['two-hosts', 'birch', 'dashboard-gone', 'proved.-'],
  ['two-hosts', 'cedar', 'link-gone', 'done.1'],
  ['install', 'birch', 'disk-full', 'dpkg.2'],
  ['install', 'birch', 'supervisor-killed', 'middle.2'],
  ['failover-ip', 'fir', 'dashboard-gone', 'proved.-'],
  ['failover-move', 'fir', 'cancelled', 'done.1'],
  ['postfix', 'maple', 'dashboard-gone', 'proved.-'],
  ['postfix', 'maple', 'supervisor-killed', 'done.5'],
  ['bacula', 'willow', 'link-gone', 'done.2'],
  ['sql-account', 'willow', 'supervisor-killed', 'middle.2'],
  ['mysql', 'larch', 'link-gone', 'start.2'],
  ['mysql', 'larch', 'supervisor-killed', 'middle.2'],
]

/** Whether the short form has the cell. */
export function isInShortForm({ subject, host, fault, moment }: Cell): boolean {
  return picks.some(([s, h, f, m]) => s === subject.id && h === host && f === fault.id && m === moment.id)
}

/** How many cells the short form has on these hosts. */
export function shortFormCells(hosts: readonly string[]): number {
  return picks.filter(([, host]) => hosts.includes(host)).length
}
