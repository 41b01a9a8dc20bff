import { type HostWork, stepsOf } from './host-work'
import { waitsForBoot } from './step-script'

/** What may be given back only when nobody else holds it, or by a daemon, waits until there is a network or that daemon. */
const later = `  BOOT=
  loose "pollux-\${D##*/}-late" "$D/guard" later
  exit
`

/**
 * The file `guard`: the host's own watch over a change. It takes the change back when its deadline is over before
 * somebody confirmed it, when the supervisor is gone before its end, and (with `--boot`) when the host went down in
 * between. It needs no network and no dashboard; the deadline is a file, read each second, so more time can be given.
 * It ends when the change's files are gone.
 */
export function guardScript(work: HostWork): string {
  return `#!/bin/sh
# Pollux, change #${work.changeId}: takes it back when nobody confirms it in time. Needs no network and no dashboard.
. ${work.directory}/common
. ${work.directory}/steps
${guardBody(work)}`
}

/** What the guard does, once it has the functions of `common` and `steps`. */
export function guardBody(work: HostWork): string {
  const waits = stepsOf(work).some(waitsForBoot)
  return `trap '' HUP INT
begin() { here; say begin - "boot $BOOT_ID epoch $(date +%s)"; }
# finish: the change is confirmed, and whoever should have said so is gone.
finish() { here; close; }
if [ "\${1-}" = --boot ]; then
  BOOT=1
  ended && { unhook; exit 0; }
  if has confirmed; then finish; exit; fi
  { claim || has reverting; } || exit 0
${waits ? later : ''}  begin
  undo_all 'the host went down before the change was confirmed'
  exit
fi
while [ -d "$D" ]; do
  ended && exit
  if has confirmed; then
    alive || { nap 9; nap 9; alive || ended || finish; }
  elif has reverting; then
    alive || { nap 9; alive || ended || { end_runner; begin; undo_all 'taking it back was cut short: once more'; }; }
  else
    time_left
    if [ "$LEFT" -le 0 ]; then
      if claim; then
        end_runner
        begin
        undo_all 'the deadline is over, and nobody confirmed the change'
      fi
    elif [ -s "$D/pid" ] && ! alive; then
      nap 9
      alive || ended || end_runner
      if alive || ended; then :
      elif resume; then
        loose pollux-${work.folder}-again "$D/run"
        tries=0
        until alive || ended || [ "$tries" -ge 20 ]; do nap 5; tries=$((tries + 1)); done
      elif claim; then begin; undo_all 'the supervisor is gone before its end'; fi
    fi
  fi
  sleep 1
done
`
}
