import { shellQuote } from '@/lib/ssh/quote'

/** How a watch ended, by its exit code. */
export const watchExit = { ended: 0, dead: 81, gone: 82, notStarted: 83 } as const

/** What `watchScript` does before it watches. */
export type WatchStart = 'start' | 'undo' | 'only-watch'

/**
 * Starts the supervisor (or the undo) cut loose from this login, then prints the journal from a byte on
 * until the change ended. It ends by itself, also when nobody reads any more.
 */
export function watchScript(directory: string, folder: string, start: WatchStart, offset: number): string {
  const D = shellQuote(directory)
  return `D=${D}
LC_ALL=C; export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
cd /
[ -d "$D" ] || exit ${watchExit.gone}
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || printf unknown)
alive() {
  [ -f "$D/pid" ] || return 1
  read -r pid pidboot < "$D/pid" || return 1
  [ "$pidboot" = "$boot" ] && [ -d "/proc/$pid" ] && grep -q "$D" "/proc/$pid/cmdline" 2>/dev/null
}
ended() { for mark in "$D"/state/end.*; do [ -e "$mark" ] && return 0; done; return 1; }
# loose UNIT SCRIPT WORDS…: outlives this login, its cgroup and its terminal.
loose() {
  unit=$1; shift
  if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
    systemd-run --quiet --collect --unit="$unit" /bin/sh "$@" </dev/null >/dev/null 2>&1 && return
    systemd-run --quiet --unit="$unit" /bin/sh "$@" </dev/null >/dev/null 2>&1 && return
  fi
  if command -v setsid >/dev/null 2>&1; then setsid /bin/sh "$@" </dev/null >/dev/null 2>&1 &
  else ( trap '' HUP; exec /bin/sh "$@" ) </dev/null >/dev/null 2>&1 &
  fi
}
${startCommand(start, folder)}
at=${offset}
quiet=0
while :; do
  over=; ended && over=1
  size=$(wc -c < "$D/journal" | tr -d ' ')
  if [ "$size" -gt "$at" ]; then
    tail -c +$((at + 1)) "$D/journal" | head -c $((size - at)) || exit 1
    at=$size
  fi
  if [ -n "$over" ]; then
    # The mark counts, also where a full disk left the journal without its last line.
    for mark in "$D"/state/end.*; do printf '%s\\n' "\${mark##*/end.}" >&2; done
    exit ${watchExit.ended}
  fi
  if alive; then quiet=0; else quiet=$((quiet + 1)); fi
  # A supervisor that was only just started has not written its pid yet.
  [ "$quiet" -gt 50 ] && exit ${watchExit.dead}
  sleep 0.1 2>/dev/null || sleep 1
done
`
}

function startCommand(start: WatchStart, folder: string): string {
  if (start === 'only-watch') return `if [ ! -f "$D/pid" ] && ! ended; then exit ${watchExit.notStarted}; fi`
  if (start === 'start') return `if [ ! -f "$D/pid" ] && ! ended; then loose pollux-${folder} "$D/run"; fi`
  return `if alive; then : > "$D/cancel"; else rm -f "$D"/state/end.*; loose pollux-${folder}-undo "$D/undo" --quiet 'asked by Pollux'; fi`
}

/** Removes a change that was uploaded and never started: its folder, staged files and lock. Refuses a started one (exit 1). */
export function withdrawScript(directory: string, root: string): string {
  return `D=${shellQuote(directory)}
ROOT=${shellQuote(root)}
[ -d "$D" ] || exit 0
[ -f "$D/pid" ] && exit 1
[ -f "$D/steps" ] && { . "$D/common"; . "$D/steps"; tidy; unlock; }
rm -rf "$D"
`
}

/** Tells the supervisor to stop before its next step and to undo. */
export function cancelScript(directory: string): string {
  return `[ -d ${shellQuote(directory)} ] && : > ${shellQuote(`${directory}/cancel`)}\n`
}
