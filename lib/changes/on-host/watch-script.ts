import { familyScript } from '@/lib/ssh/family-script'
import { shellQuote } from '@/lib/ssh/quote'
import { bornScript } from './born-script'
import { endFamilyScript } from './end-family-script'
import type { HostWork } from './host-work'
import { takingFile, withdrawnMark } from './layout'
import { startFunction } from './supervisor-script'

/** How a watch ended, by its exit code. */
export const watchExit = { ended: 0, dead: 81, gone: 82, notStarted: 83, reached: 84 } as const

/**
 * What `watchScript` does before it watches: starts the change or its undo, or tells the host that every host is so far
 * (`go.2`) or that the change stands for good (`confirm`).
 */
export type WatchStart = 'start' | 'undo' | 'only-watch' | 'confirm' | `go.${number}`

/**
 * Starts the change (or its undo) cut loose from this login, then prints the journal from a byte on until the change
 * ended, or until its host came as far as `until` (`phase.1`, `proved`). It ends by itself, also when nobody reads any
 * more.
 */
export function watchScript(work: HostWork, start: WatchStart, offset: number, until: string | null): string {
  const common = shellQuote(`${work.directory}/common`)
  return `[ -f ${common} ] || exit ${watchExit.gone}
. ${common}
${startCommand(start, work)}
# Read by the shell itself: where many hosts share a processor, a program for each look would be most of the work.
exec 3< "$D/journal"
${
  offset === 0
    ? ''
    : `dd bs=${offset} count=1 <&3 >/dev/null 2>&1
`
}part=
turn=0
still=0
quiet=0
while :; do
  over=; ended && over=1
  reached=; ${until === null ? ':' : `has ${until} && reached=1`}
  while IFS= read -r line <&3; do
    put_line "$part$line" || exit 1
    part=
    still=0
  done
  part=$part$line
  if [ -n "$over" ]; then
    # The mark counts, also where a full disk left the journal without its last line.
    for mark in "$D"/state/end.*; do printf '%s\\n' "\${mark##*/end.}" >&2; done
    exit ${watchExit.ended}
  fi
  [ -z "$reached" ] || exit ${watchExit.reached}
  turn=$((turn + 1)); still=$((still + 1))
  # Where many hosts share a processor, naps are what costs: long ones while nothing is said.
  if [ "$still" -lt 5 ]; then doze=1; else doze=3; fi
  [ "$((turn % 10))" = 0 ] || { nap "$doze"; continue; }
  if alive; then quiet=0; else quiet=$((quiet + 1)); fi
  # A supervisor that was only just started has not written its pid yet; one that died is the guard's for a while.
  if [ "$quiet" -gt 8 ]; then
    has confirmed || exit ${watchExit.dead}
    . "$D/steps"; close
  fi
  nap "$doze"
done
`
}

function startCommand(start: WatchStart, work: HostWork): string {
  const begun = `{ has armed || has confirmed || has reverting || ended; } || exit ${watchExit.notStarted}`
  if (start === 'only-watch') return begun
  // A host that is carried forward is told again, and must have proved it again.
  if (start === 'confirm')
    return `${begun}\nhas confirmed || { has proved && confirm && wake; } || { has reverting && mark stands && flush "$D/state"; }`
  if (start.startsWith('go.')) return `${begun}\nhas ${start} || { mark ${start} && wake; }`
  if (start === 'start') return `${startFunction(work)}start_change || exit ${watchExit.notStarted}`
  return `if alive && ! ended; then mark cancel; else rm -f "$D"/state/end.*; loose pollux-${work.folder}-undo "$D/undo" --quiet 'asked by Pollux'; fi`
}

/** Tells a host that is to be carried forward that the change stands: it waits for nobody should it take it back. */
export function standsScript(work: HostWork): string {
  return `. ${shellQuote(`${work.directory}/common`)} && mark stands\n`
}

/** Moves the deadline by so many seconds. Returns 1 where the change is no longer open. */
export function moreTimeScript(work: HostWork, seconds: number): string {
  return `. ${shellQuote(`${work.directory}/common`)}
has armed || exit 1
time_left
set_deadline $((LEFT + ${seconds})) && say armed - $((LEFT + ${seconds}))
`
}

/** Returns 0 when the host still waits to be told and has more than so many seconds left, else 1. */
export function waitsScript(work: HostWork, seconds: number): string {
  return `. ${shellQuote(`${work.directory}/common`)}
time_left
has armed && has proved && ! has cancel && [ "$LEFT" -gt ${seconds} ]
`
}

/**
 * Removes a change that was uploaded, or half of it, and never started: its folder, staged files and lock. Whoever still
 * brings it is ended first: a shell goes on when its connection is cut. One that has not even taken the lock finds the
 * mark when it does. Refuses a started one (exit 1).
 */
export function withdrawScript(work: HostWork): string {
  const { directory, root, folder } = work
  const mark = shellQuote(withdrawnMark(work))
  return `umask 077
D=${shellQuote(directory)}
ROOT=${shellQuote(root)}
for mark in "$D/state/armed" "$D/state/confirmed" "$D"/state/reverting "$D"/state/end.*; do
  [ -e "$mark" ] && exit 1
done
nap() { sleep "0.$1" 2>/dev/null || sleep 1; }
${bornScript}${familyScript}${endFamilyScript}BOOT_ID=unknown
[ ! -r /proc/sys/kernel/random/boot_id ] || read -r BOOT_ID < /proc/sys/kernel/random/boot_id
# Before the look at the lock: who takes it behind that look sees the mark.
mkdir -p "$ROOT/changes" 2>/dev/null; touch ${mark} 2>/dev/null
TAKING=${shellQuote(takingFile(work))}
# whose FILE: 0 where it names this change; sets boot, pid and birth of who brings it.
whose() {
  set -f; set -- $(cat "$1" 2>/dev/null); set +f
  [ "\${1-}" = ${shellQuote(folder)} ] || return 1
  boot=\${2-} pid=\${4-} birth=\${5-}
}
boot= pid= birth=
whose "$ROOT/lock/owner" || whose "$TAKING" || :
if [ -n "$birth" ] && [ "$boot" = "$BOOT_ID" ] && [ "$(born "$pid")" = "$birth" ]; then end_family "$pid"; fi
# The journal is made when the folder's files have come whole, and before anything is staged beside managed files.
if [ -f "$D/journal" ]; then ( . "$D/common"; . "$D/steps"; tidy; unhook ); fi
rm -rf "$D"
# Whoever brought it is gone for certain. A lock that stays without an owner is his: another says at once whose it is.
if whose "$ROOT/lock/owner"; then rm -rf "$ROOT/lock" "$TAKING" ${mark}
elif [ -e "$TAKING" ]; then
  [ ! -d "$ROOT/lock" ] || [ -s "$ROOT/lock/owner" ] || { nap 5; [ -s "$ROOT/lock/owner" ] || rm -rf "$ROOT/lock"; }
  # Where it says nothing, who just writes it is not known: he must find the mark.
  if whose "$TAKING"; then rm -f "$TAKING" ${mark}; else rm -f "$TAKING"; fi
fi
:
`
}

/** Lets a change that was withdrawn come to its host after all. */
export function welcomeScript(work: HostWork): string {
  return `rm -f ${shellQuote(withdrawnMark(work))}\n`
}

/** Tells the supervisor to stop before its next step and to undo. */
export function cancelScript(work: HostWork): string {
  return `. ${shellQuote(`${work.directory}/common`)} && { has cancel || { mark cancel && wake; }; }
`
}
