import type { FaultId } from './faults'

/** A cell of the matrix by its names. */
export interface Pick {
  subject: string
  host: string
  fault: FaultId
  moment: string
}

type Row = readonly [subject: string, host: string, fault: FaultId, moment: string]

/**
 * The cells of the short form: each fault that a namespace host can have once, at a moment where it matters (reboots and
 * power cuts have tests of their own beside the engine). Half of them on each of two hosts, so that they run at the same time.
 */
const rows: readonly Row[] = [
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
  // One cut and one kill in each phase of a mesh: files, rules and tunnels, the try, traps, proof. ifupdown takes fewer steps.
  ['ipsec', 'quince', 'link-5s', 'done.6'],
  ['ipsec', 'medlar', 'supervisor-killed', 'middle.5'],
  ['ipsec', 'damson', 'link-5s', 'middle.15'],
  ['ipsec', 'quince', 'supervisor-killed', 'done.17'],
  ['ipsec', 'medlar', 'link-5s', 'middle.17'],
  ['ipsec', 'damson', 'supervisor-killed', 'start.19'],
  ['ipsec', 'quince', 'link-gone', 'middle.24'],
  ['ipsec', 'medlar', 'supervisor-killed', 'done.22'],
  ['ipsec', 'damson', 'link-5s', 'done.25'],
  ['ipsec', 'quince', 'supervisor-killed', 'start.25'],
  ['ipsec', 'medlar', 'proof-fails', 'planned'],
]

/** The cells of the short form on these hosts: those of a mesh, or of all that is no mesh. */
export function shortForm(hosts: readonly string[], part: 'mesh' | 'others'): readonly Pick[] {
  return rows
    .map(([subject, host, fault, moment]) => ({ subject, host, fault, moment }))
    .filter(({ subject, host }) => hosts.includes(host) && (subject === 'ipsec') === (part === 'mesh'))
}
