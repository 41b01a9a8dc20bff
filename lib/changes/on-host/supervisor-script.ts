import type { HostCheck, Step } from '@/lib/agent'
import { shellQuote } from '@/lib/ssh/quote'
import { checkFunction } from './check-script'
import { commentLine } from './comment'
import { type HostWork, stepsOf } from './host-work'
import { kindsScript } from './kinds-script'
import { splitPath, stagedName } from './layout'
import { resumeFunction, stepFunctions } from './step-script'

/** The file `steps`: every step's functions, the undo of all, and the tidying of staged files. */
export function stepsScript(work: HostWork): string {
  const functions = stepsOf(work).map(
    (step, at) =>
      `${commentLine(`Step ${at + 1}: ${step.title}`)}\n${stepFunctions(step, { index: at + 1, folder: work.folder, steps: stepsOf(work) })}`,
  )
  const numbers = stepsOf(work).map((_, at) => at + 1)
  const resumes = stepsOf(work).map((step, at) => resumeFunction(step, at + 1))
  return `DEADLINE=${work.deadlineS}
${kindsScript(stepsOf(work))}${functions.join('')}${resumes.join('')}
tidy() { ${tidyCommand(work)}; }
# tidied: whether nothing is left of what was staged; names it where something is.
tidied() {
  tidied=0
  for path in ${stagedSiblings(work).map(shellQuote).join(' ')}; do
    is_gone "$path" || { say out - "$path could not be removed."; tidied=1; }
  done
  return "$tidied"
}
# flush_files: what the steps wrote or put back is on the disk, before the change stands or has ended.
flush_files() { ${flushFiles(work)}; }

# resume: whether the one step that was cut short lets the change go on from here. Only once, and only in the same boot.
resume() {
  has resumed && return 1
  short=
  for n in ${numbers.join(' ')}; do
    if has "$n.started" && ! has "$n.done"; then short=$n; fi
  done
  [ -n "$short" ] && resume_"$short" && mark resumed
}

# undo_each: takes back, last first, every step that was started, then proves it.
undo_each() {
  wrong=0
  given_back=
  for n in ${numbers.toReversed().join(' ')}; do
    [ -e "$D/state/$n.started" ] || continue
    say undoing "$n" ''
    if undo_"$n"; then given_back=1; say undone "$n" ''; else say undo-failed "$n" ''; wrong=1; fi
  done
  for n in ${numbers.join(' ')}; do
    [ -e "$D/state/$n.started" ] || continue
    undone_"$n" || { say not-as-before "$n" ''; wrong=1; }
  done
}
# undo_all REASON: takes all back. A shutdown's signal ends the commands of the undo, too, and what they talk to is gone:
# what went wrong then is nobody's last word. The boot takes all back once more, or the guard where it was no shutdown.
undo_all() {
  rm -f "$D/room"
  say undo - "$1"
  undo_each
  if [ "$wrong" = 1 ] && [ -n "$DOWN" ]; then
    say out - 'The host is going down: what could not be taken back now is taken back when it is up again.'
    flush "$D/journal" "$D/state"
    exit 1
  fi
  deaf
  tidy
  tidied || wrong=1
  flush_files
  if [ "$wrong" = 1 ]; then ending undo-failed; return 1; fi
  if [ "$KEPT" = 1 ]; then ending foreign-edit-kept; else ending reverted; fi
}
`
}

/** The command that removes the staged siblings of every file step, the room kept for the undo, and folders made for one that hold nothing now. */
export function tidyCommand(work: HostWork): string {
  const staged = stagedSiblings(work)
  const made = stepsOf(work).flatMap((step) =>
    step.kind === 'file' && step.makesFolder ? [shellQuote(splitPath(step.path).folder)] : [],
  )
  return [
    `rm -f ${['"$D/room"', ...staged.map(shellQuote)].join(' ')}`,
    ...[...new Set(made)].map((folder) => `{ rmdir ${folder} 2>/dev/null || :; }`),
  ].join('; ')
}

function flushFiles(work: HostWork): string {
  const folders = stepsOf(work).flatMap((step) => (step.kind === 'file' ? [splitPath(step.path).folder] : []))
  return folders.length === 0 ? ':' : `flush ${[...new Set(folders)].map(shellQuote).join(' ')}`
}

/** The staged siblings of every file step, by their paths. */
export function stagedSiblings(work: HostWork): string[] {
  return stepsOf(work).flatMap((step, at) => {
    if (step.kind !== 'file') return []
    const { folder } = splitPath(step.path)
    return (['new', 'old'] as const).map((what) => `${folder}/${stagedName(work.folder, at + 1, what)}`)
  })
}

/** The file `run`: the supervisor. It runs the phases and the checks to the end, or takes all back by itself. */
export function runScript(work: HostWork): string {
  return `#!/bin/sh
# Pollux, change #${work.changeId}. Started once, by the change itself; needs no network and no dashboard.
. ${shellQuote(`${work.directory}/common`)}
. ${shellQuote(`${work.directory}/steps`)}
${work.checks.map(checkFunction).join('')}
${runBody(work)}`
}

/** What the supervisor does, once it has the functions of `common`, `steps` and the checks. */
export function runBody(work: HostWork): string {
  const numbers = stepsOf(work).map((_, at) => at + 1)
  return `trap '' HUP
trap 'DOWN=1; STOP="the host is shutting down"' TERM INT
here || { claim && undo_all 'no room to begin'; exit; }
[ -n "$TIMEOUT" ] || find_timeout
say begin - "boot $BOOT_ID epoch $(date +%s)"
time_left; say armed - "$LEFT"

# take_back REASON: undoes all, unless the guard does it already, or the change was confirmed in this very moment.
take_back() {
  claim || { has confirmed && return 0; exit; }
  undo_all "$1"
  exit
}
# go_on: whether nobody and nothing ends the change here.
go_on() {
  has cancel && STOP='it was told to stop'
  [ -z "$STOP" ] || take_back "$STOP"
}
# wait_for STATE: until somebody marks it, or the change is ended.
wait_for() {
  until has "$1"; do
    go_on
    time_left; [ "$LEFT" -gt 0 ] || take_back 'the deadline is over, and nobody said to go on'
    sleep 1 & doze=$!
    # A wake ends the waiting, not the sleep. A word that came just before the waiting is found a second later.
    wait "$doze" || kill "$doze" 2>/dev/null
  done
}
step() {
  n=$1
  has "$n.done" && return 0
  go_on
  time_left
  [ "$LEFT" -gt "$2" ] || take_back "step $n may take $2 s, and $LEFT s are left until the deadline"
  record "$n.started" || take_back "step $n could not be recorded: is the disk full?"
  say start "$n" ''
  if do_"$n"; then
    mark "$n.done"
    say done "$n" ''
  else
    code=$?
    [ "$code" = 124 ] && say out "$n" 'It took too long, or was killed.'
    say failed "$n" "$code"
    go_on
    take_back "step $n failed"
  fi
}
${phaseCalls(work)}
go_on
for n in ${numbers.join(' ')}; do
  still_"$n" || { say not-standing "$n" ''; take_back "what step $n wrote did not stay"; }
done
say checks - ''
unknown=0
${work.checks.map(checkCall).join('\n')}
[ "$unknown" = 0 ] || mark unknown
flush_files
# Who asked for it while the proof was looked for is heard, too.
go_on
${work.confirms === 'itself' ? 'confirm || { has confirmed || exit; }' : "mark proved\nsay proved - ''\nwait_for confirmed"}
close
`
}

/**
 * Each phase with its steps; before each but the first a host of several waits until it is told that all are so far.
 */
function phaseCalls(work: HostWork): string {
  let n = 0
  return work.phases
    .map((steps, at) => {
      const calls = steps.map((step) => {
        n += 1
        return `step ${n} ${longest(step)}\n`
      })
      const wait = at === 0 || work.confirms !== 'when told' ? '' : `wait_for go.${at + 1}\n`
      const told = work.phases.length > 1 ? `mark phase.${at + 1}; say phase - ${at + 1}` : ''
      return `${wait}${calls.join('')}${told}`
    })
    .join('\n')
}

/** Seconds that a step may take in all. */
export function longest(step: Step): number {
  return step.timeoutS + (step.kind === 'file' ? (step.activate?.timeoutS ?? 0) : 0)
}

function checkCall(check: HostCheck, index: number): string {
  if (check.weight === 'advise') return `check_${index} || :`
  return `check_${index}; case $? in 0) ;; 1) take_back ${shellQuote(`the proof failed: ${check.title}`)} ;; *) unknown=1 ;; esac`
}

/** The file `undo`: one line (`sh …/undo`) takes the change back without Pollux; also Pollux's own way. */
export function undoScript(work: HostWork): string {
  return `#!/bin/sh
# Pollux, change #${work.changeId}: takes it back, with what lies on this host alone. Run: sh ${work.directory}/undo
. ${shellQuote(`${work.directory}/common`)}
. ${shellQuote(`${work.directory}/steps`)}
${undoBody}`
}

/** What `undo` does, once it has the functions of `common` and `steps`. */
export const undoBody = `if [ "$1" = --quiet ]; then shift; else TALK=1; fi
# Who takes it back by hand has the last word.
[ -z "$TALK" ] || rm -f "$D/state/stands"
trap '' HUP
if alive && ! ended; then
  mark cancel
  [ -z "$TALK" ] || printf 'The change is still running. It was told to stop and to undo itself.\\n'
  exit 0
fi
claim || mv "$D/state/confirmed" "$D/state/reverting" 2>/dev/null || mark reverting
# It has an end again when it is taken back, and a power cut until then has the boot go on with it.
rm -f "$D"/state/end.*
flush "$D/state"
end_runner
hook
here
say begin - "boot $BOOT_ID epoch $(date +%s)"
undo_all "\${1:-by hand}"
`

/**
 * The function `start_change`: arms the change (deadline, boot hook), then lets guard and supervisor loose. It needs the
 * functions of `common`. Safe to run again; returns 1 where the change could not be armed.
 */
export function startFunction(work: HostWork): string {
  return `start_change() {
  { ended || has armed || has confirmed || has reverting; } && return 0
  set_deadline ${work.deadlineS} || return 1
  hook || say out - 'Nothing here runs at boot: a reboot in the middle is taken back when Pollux sees the host again.'
  mark armed || return 1
  flush "$D" "$D/state"
  to_syslog begun
  loose pollux-${work.folder}-guard "$D/guard"
  loose pollux-${work.folder} "$D/run"
}
`
}
