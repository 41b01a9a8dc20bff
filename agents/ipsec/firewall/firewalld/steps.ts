import type { FileStep, Step } from '@/lib/agent'
import { look, type StepIds } from '../part'

/** A reload forgets what was only set live, so it must be the same as what is kept; and policies must be known (0.9). */
const isKept = `set -u
firewall-cmd --state >/dev/null || { echo 'firewalld does not answer.'; exit 1; }
firewall-cmd --permanent --get-policies >/dev/null || { echo 'This firewalld knows no policies: 0.9.0 is the first.'; exit 1; }
tell() {
  firewall-cmd $1 --list-all-zones | sed -e '/^  interfaces: */d' -e 's/ (active)$//' -e 's/ (default, active)$/ (default)/'
  firewall-cmd $1 --list-all-policies | sed 's/ (active)$//'
}
live=$(tell '') || exit 1
kept=$(tell --permanent) || exit 1
[ "$live" = "$kept" ] || { echo 'firewalld has rules that were set live and are not kept; a reload would lose them.'; exit 1; }
echo 'What firewalld does is what it keeps.'`

/** The look that a reload of firewalld loses nothing: before anything is done, and without a way back, which would reload it. */
export function keptStep(id: StepIds): Step {
  const title = 'See that a reload of firewalld loses nothing'
  return { ...look({ id: id('kept'), title, run: ['sh', '-c', isKept, 'firewalld'] }), timeoutS: 60 }
}

/** firewalld's files, which it reads at a reload: behind them, and once all is as before where they are taken back. */
export function aroundFiles(files: readonly FileStep[], id: StepIds): Step[] {
  if (files.length === 0) return []
  const reload = ['firewall-cmd', '--reload'] as const
  return [
    {
      kind: 'run',
      id: id('again'),
      title: 'Keep ready: have firewalld read its files again, should this be taken back',
      timeoutS: 60,
      run: ['firewall-cmd', '--state'],
      undo: { run: reload, timeoutS: 60 },
      undoAfterBoot: true,
    },
    ...files,
    { ...look({ id: id('reload'), title: 'Have firewalld read them', run: reload }), timeoutS: 60 },
  ]
}
