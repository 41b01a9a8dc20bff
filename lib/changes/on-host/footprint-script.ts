import { shellQuote } from '@/lib/ssh/quote'
import { hookScript } from './boot-script'
import { bornScript } from './born-script'
import { stateRoots } from './layout'
import { stagedScript } from './staged-script'

/** Seconds for which a lock without an owner may be one that is just being taken. */
export const takingS = 60

/** How breaking a lock or removing all files ended, by its exit code. */
export const footprintExit = { done: 0, changed: 91, busy: 92 } as const

/**
 * `state_of FOLDER` sets STATE and OUTCOME of a change's folder: ended, armed, confirmed, reverting (started, and not at
 * its end), uploaded (never started) or gone. `lock_state ROOT` sets OWNER, STATE and OUTCOME of the lock there, also
 * `uploading` (who brings it runs), `no-owner` (nothing readable in it); returns 1 where there is none.
 */
const functions = (sys: string) => `LC_ALL=C; export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
SYS=${shellQuote(sys)}
cd /
NL='
'
flush() { sync "$@" 2>/dev/null || sync; }
BOOT_ID=unknown
[ ! -r /proc/sys/kernel/random/boot_id ] || read -r BOOT_ID < /proc/sys/kernel/random/boot_id
${bornScript}
${stagedScript}
state_of() {
  STATE=gone; OUTCOME=
  [ -d "$1" ] || return 0
  STATE=uploaded
  for mark in armed confirmed reverting; do [ -e "$1/state/$mark" ] && STATE=$mark; done
  for mark in "$1"/state/end.*; do [ -e "$mark" ] && { STATE=ended; OUTCOME=\${mark##*/end.}; }; done
  return 0
}
lock_state() {
  [ -d "$1/lock" ] || return 1
  OWNER=$(head -n 1 "$1/lock/owner" 2>/dev/null); OWNER=\${OWNER%%"$NL"*}
  OUTCOME=
  set -f; set -- "$1" $OWNER; set +f
  # A whole owner names its folder, its boot, and when it came.
  case "\${4-}" in '' | *[!0-9]*) STATE=no-owner; return 0 ;; esac
  case "$2" in *[!A-Za-z0-9-]*) STATE=no-owner; return 0 ;; esac
  state_of "$1/changes/$2"
  case $STATE in gone | uploaded)
    if [ "$3" = "$BOOT_ID" ] && [ -n "\${6-}" ] && [ "$(born "$5")" = "$6" ]; then STATE=uploading; fi ;;
  esac
  return 0
}
is_open() { case $STATE in armed | confirmed | reverting | uploading) return 0 ;; esac; return 1; }
clean() { printf '%s' "$1" | tr '\\t\\n\\r' '   '; }
`

/** Where Pollux's state may lie, and what stands before the paths of what runs at boot; tests have places of their own. */
export interface HostPlaces {
  roots: readonly string[]
  sys: string
}

const onHosts: HostPlaces = { roots: stateRoots, sys: '' }

function words(paths: readonly string[]): string {
  return paths.map(shellQuote).join(' ')
}

/** Prints all that Pollux (any Pollux) left on a host, a line each: see `parseFootprint`. Only reads. */
export function readFootprintScript({ roots, sys } = onHosts): string {
  return `${functions(sys)}
tell_staged() { [ ! -e "$1" ] || printf 'staged\\t%s\\n' "$(clean "$1")"; }
printf 'now\\t%s\\t%s\\n' "$BOOT_ID" "$(date +%s)"
for root in ${words(roots)}; do
  [ -d "$root" ] || continue
  printf 'root\\t%s\\t%s\\n' "$root" "$(du -sk "$root" 2>/dev/null | cut -f 1)"
  if lock_state "$root"; then
    printf 'lock\\t%s\\t%s\\t%s\\t%s\\t%s\\n' "$root" "$STATE" "$OUTCOME" "$(stat -c %Y "$root/lock" 2>/dev/null)" "$(clean "$OWNER")"
  fi
  [ ! -e "$root/boot" ] || printf 'boot\\t%s\\n' "$root/boot"
  for folder in "$root"/changes/*; do
    [ -d "$folder" ] || continue
    state_of "$folder"
    title=$(head -n 1 "$folder/title" 2>/dev/null)
    printf 'change\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n' "$root" "$(clean "\${folder##*/}")" "$STATE" "$OUTCOME" "$(du -sk "$folder" 2>/dev/null | cut -f 1)" "$(clean "$title")"
    each_staged "$folder" tell_staged
  done
done
for name in "$SYS/etc/systemd/system/pollux-boot.service" "$SYS/etc/systemd/system/sysinit.target.wants/pollux-boot.service" "$SYS/etc/init.d/pollux-boot" "$SYS"/etc/rcS.d/S??pollux-boot; do
  [ ! -e "$name" ] && [ ! -L "$name" ] || printf 'boot\\t%s\\n' "$name"
done
`
}

/**
 * Breaks the lock below a root if its owner file still says just this and its change is neither under way nor being
 * brought; with it goes what was brought and never started. Exit codes: `footprintExit`.
 */
export function breakLockScript(root: string, owner: string, sys = ''): string {
  return `${functions(sys)}
ROOT=${shellQuote(root)}
lock_state "$ROOT" || exit ${footprintExit.changed}
[ "$(clean "$OWNER")" = ${shellQuote(owner)} ] || exit ${footprintExit.changed}
is_open && exit ${footprintExit.busy}
if [ "$STATE" = uploaded ]; then
  D=$ROOT/changes/\${OWNER%% *}
  remove_staged "$D"
  rm -rf "$D"
fi
# All of them: with the lock gone none of them says whose it is any more. An upload that is just coming needs its own only
# after a power cut in that moment.
rm -rf "$ROOT/lock" "$ROOT"/changes/.taking-*
flush "$ROOT"
`
}

/**
 * Removes all that Pollux (any Pollux) left on a host. Refuses (exit `busy`, saying which) while a change is under way
 * there or is being brought.
 */
export function removeFootprintScript({ roots, sys } = onHosts): string {
  return `${functions(sys)}
${hookScript}
just_made() {
  made=$(stat -c %Y "$1" 2>/dev/null) || return 1
  age=$(($(date +%s) - made))
  [ "$age" -ge 0 ] && [ "$age" -lt ${takingS} ]
}
busy=
for root in ${words(roots)}; do
  [ -d "$root" ] || continue
  if lock_state "$root"; then
    is_open && busy="$busy \${OWNER%% *}"
    [ "$STATE" != no-owner ] || ! just_made "$root/lock" || busy="$busy a lock that is just being taken"
  fi
  for folder in "$root"/changes/*; do
    [ -d "$folder" ] || continue
    state_of "$folder"
    if is_open; then busy="$busy \${folder##*/}"; fi
  done
done
if [ -n "$busy" ]; then clean "$busy"; exit ${footprintExit.busy}; fi
for ROOT in ${words(roots)}; do
  D=$ROOT/none
  for folder in "$ROOT"/changes/*; do remove_staged "$folder"; done
  unhook
  rm -rf "$ROOT" || exit 1
done
sync
`
}
