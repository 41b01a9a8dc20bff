import type { Check, Step } from '@/lib/agent'
import { shellQuote } from '@/lib/ssh/quote'
import { checkFunction } from './check-script'
import { splitPath, stagedName } from './layout'
import { stepFunctions } from './step-script'

/** The steps and checks of one host, with the number and title that its scripts speak of. */
export interface HostWork {
  changeId: number
  title: string
  folder: string
  directory: string
  root: string
  steps: readonly Step[]
  checks: readonly Check[]
}

/** The file `steps`: every step's functions, the undo of all, and the tidying of staged files. */
export function stepsScript(work: HostWork): string {
  const functions = work.steps.map((step, at) => stepFunctions(step, { index: at + 1, folder: work.folder }))
  const numbers = work.steps.map((_, at) => at + 1)
  return `${functions.join('')}
tidy() { ${tidyCommand(work)}; }

# undo_all REASON: takes back, last first, every step that was started, then proves it.
undo_all() {
  say undo - "$1"
  wrong=0
  for n in ${numbers.toReversed().join(' ')}; do
    [ -e "$D/state/$n.started" ] || continue
    say undoing "$n" ''
    if undo_"$n"; then say undone "$n" ''; else say undo-failed "$n" ''; wrong=1; fi
  done
  for n in ${numbers.join(' ')}; do
    [ -e "$D/state/$n.started" ] || continue
    undone_"$n" || { say not-as-before "$n" ''; wrong=1; }
  done
  if [ "$wrong" = 1 ]; then ending undo-failed; return 1; fi
  if [ "$KEPT" = 1 ]; then ending foreign-edit-kept; else ending reverted; fi
}
`
}

/** The command that removes the staged siblings of every file step. */
export function tidyCommand(work: HostWork): string {
  const staged = work.steps.flatMap((step, at) => {
    if (step.kind !== 'file') return []
    const { folder } = splitPath(step.path)
    return (['new', 'old'] as const).map((what) => shellQuote(`${folder}/${stagedName(work.folder, at + 1, what)}`))
  })
  return staged.length === 0 ? ':' : `rm -f ${staged.join(' ')}`
}

/** The file `run`: the supervisor. It runs the steps and the checks to the end, or undoes them by itself. */
export function runScript(work: HostWork): string {
  const numbers = work.steps.map((_, at) => at + 1)
  return `#!/bin/sh
# Pollux, change #${work.changeId}. Started once, by the change itself; needs no network and no dashboard.
. ${shellQuote(`${work.directory}/common`)}
. ${shellQuote(`${work.directory}/steps`)}
${work.checks.map(checkFunction).join('')}
trap '' HUP
trap 'STOP="the host is shutting down"' TERM INT
printf '%s %s\\n' "$$" "$(boot_id)" > "$D/pid"
say begin - "boot $(boot_id) epoch $(date +%s)"
for n in ${numbers.join(' ')}; do
  [ -e "$D/cancel" ] && STOP='stopped by a person'
  [ -z "$STOP" ] || { undo_all "$STOP"; exit; }
  mark "$n.started" || { undo_all "step $n could not be recorded: is the disk full?"; exit; }
  say start "$n" ''
  if do_"$n"; then
    mark "$n.done"
    say done "$n" ''
  else
    code=$?
    [ "$code" = 124 ] && say out "$n" 'It took too long, or was killed.'
    say failed "$n" "$code"
    undo_all "step $n failed"
    exit
  fi
done
[ -e "$D/cancel" ] && STOP='stopped by a person'
[ -z "$STOP" ] || { undo_all "$STOP"; exit; }
for n in ${numbers.join(' ')}; do
  still_"$n" || { say not-standing "$n" ''; undo_all "what step $n wrote did not stay"; exit; }
done
say checks - ''
unknown=0
${work.checks.map(checkCall).join('\n')}
if [ "$unknown" = 1 ]; then ending applied-unverified; else ending applied; fi
`
}

function checkCall(check: Check, index: number): string {
  if (check.weight === 'advise') return `check_${index} || :`
  return `check_${index}; case $? in 0) ;; 1) undo_all ${shellQuote(`the proof failed: ${check.title}`)}; exit ;; *) unknown=1 ;; esac`
}

/** The file `undo`: one line (`sh …/undo`) takes the change back without Pollux; also Pollux's own way. */
export function undoScript(work: HostWork): string {
  return `#!/bin/sh
# Pollux, change #${work.changeId}: takes it back, with what lies on this host alone. Run: sh ${work.directory}/undo
. ${shellQuote(`${work.directory}/common`)}
. ${shellQuote(`${work.directory}/steps`)}
if [ "$1" = --quiet ]; then shift; else TALK=1; fi
trap '' HUP
if alive; then
  : > "$D/cancel"
  [ -z "$TALK" ] || printf 'The change is still running. It was told to stop and to undo itself.\\n'
  exit 0
fi
printf '%s %s\\n' "$$" "$(boot_id)" > "$D/pid"
say begin - "boot $(boot_id) epoch $(date +%s)"
undo_all "\${1:-by hand}"
`
}
