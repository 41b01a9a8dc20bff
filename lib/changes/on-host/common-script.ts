import { shellQuote } from '@/lib/ssh/quote'

/**
 * What a change's `run` and `undo` share on the host, as POSIX sh. `$D` is the change's folder, `$ROOT` Pollux's.
 * State is kept by renames inside `$D`, which need no free block, so that a full disk cannot hide how far a change came;
 * `ballast` is given up when the journal itself finds no room.
 */
export function commonScript(directory: string, root: string): string {
  return `LC_ALL=C; export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
umask 077
D=${shellQuote(directory)}
ROOT=${shellQuote(root)}
NL='
'
KEPT=0
STOP=
TALK=
cd /

# say KIND STEP TEXT: one line of the journal; the time is the host's uptime, which no clock change moves.
say() {
  up=0; read -r up rest < /proc/uptime || :
  if [ -n "$TALK" ]; then printf '%s %s %s\\n' "$1" "$2" "$3"; fi
  printf '%s\\t%s\\t%s\\t%s\\n' "$up" "$1" "$2" "$3" 2>/dev/null >> "$D/journal" || {
    rm -f "$D/ballast"
    printf '%s\\t%s\\t%s\\t%s\\n' "$up" "$1" "$2" "$3" 2>/dev/null >> "$D/journal" || :
  }
}

# flush PATH…: on the disk before we go on. An old sync takes no path and writes everything.
flush() { sync "$@" 2>/dev/null || sync; }

# mark NAME: records a state by a rename.
mark() { mv -f "$D/pend/$1" "$D/state/$1" 2>/dev/null && flush "$D/state"; }

boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || printf 'unknown\\n'; }

# alive: whether this change's supervisor runs in this boot.
alive() {
  [ -f "$D/pid" ] || return 1
  read -r pid boot < "$D/pid" || return 1
  [ "$boot" = "$(boot_id)" ] && [ -d "/proc/$pid" ] && grep -q "$D" "/proc/$pid/cmdline" 2>/dev/null
}

if timeout 1 true 2>/dev/null; then TIMEOUT=new
elif timeout -t 1 true 2>/dev/null; then TIMEOUT=old
else TIMEOUT=none; fi

# limited SECONDS COMMAND…: ends the command when its time is over; 124 then (busybox says 143, a kill 137).
limited() {
  seconds=$1; shift
  case $TIMEOUT in
  new) timeout "$seconds" "$@" ;;
  old) timeout -t "$seconds" "$@" ;;
  *)
    "$@" <&0 & command=$!
    ( left=$seconds
      while [ "$left" -gt 0 ]; do sleep 1; kill -0 "$command" 2>/dev/null || exit 0; left=$((left - 1)); done
      kill -9 "$command" 2>/dev/null ) >/dev/null 2>&1 & watch=$!
    wait "$command" ;;
  esac
  code=$?
  [ "$TIMEOUT" = none ] && kill "$watch" 2>/dev/null
  case $code in 137 | 143) code=124 ;; esac
  return "$code"
}

# told STEP COMMAND…: runs it, its output (at most 200 lines) goes to the journal.
told() {
  step=$1; shift
  "$@" > "$D/out" 2>&1; told_code=$?
  lines=0
  while IFS= read -r line || [ -n "$line" ]; do
    lines=$((lines + 1))
    [ "$lines" -gt 200 ] && { say out "$step" '(more lines left out)'; break; }
    say out "$step" "$line"
  done < "$D/out"
  return "$told_code"
}

# perms FILE: mode, owner and group as ls shows them, without the mark for ACLs.
perms() { set -- $(ls -ldn "$1" 2>/dev/null); printf '%s %s %s' "\${1%[.+@]}" "$3" "$4"; }

# is_file FILE COPY: a plain file with the copy's bytes.
is_file() { [ -f "$1" ] && [ ! -L "$1" ] && cmp -s "$1" "$2"; }

# is_gone FILE
is_gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }

# write_knob STEP SECONDS FILE VALUE
write_knob() { told "$1" limited "$2" sh -c 'printf "%s\\n" "$1" > "$2"' sh "$4" "$3"; }

# knob_says FILE VALUE: the knob reads as the value, or shows it as the chosen one in brackets.
knob_says() {
  now=; IFS= read -r now < "$1" || [ -n "$now" ] || return 1
  [ "$now" = "$2" ] && return 0
  case " $now " in *" [$2] "*) return 0 ;; esac
  return 1
}

# unlock: gives the host free, if the lock is this change's.
unlock() {
  [ -f "$ROOT/lock/owner" ] || return 0
  read -r owner rest < "$ROOT/lock/owner" || return 0
  [ "$owner" = "\${D##*/}" ] && rm -rf "$ROOT/lock"
}

# ending OUTCOME: the last word. The journal first, so that who sees the mark finds the line.
ending() {
  tidy
  unlock
  say end - "$1"
  flush "$D/journal"
  [ -e "$D/state/end.$1" ] || mark "end.$1" || : > "$D/state/end.$1"
  for other in "$D"/state/end.*; do
    [ "$other" = "$D/state/end.$1" ] || rm -f "$other"
  done
}
`
}
