import { familyScript } from '@/lib/ssh/family-script'
import { shellQuote } from '@/lib/ssh/quote'
import { hookScript } from './boot-script'
import { bornScript } from './born-script'
import { putScript } from './encode'
import { endFamilyScript } from './end-family-script'

/**
 * What a change's scripts share on the host, as POSIX sh. `$D` is the change's folder, `$ROOT` Pollux's, `$SYS` stands
 * before the paths of the boot hook (empty on a host).
 * State is kept by empty files, or where there is no room for one by renames inside `$D`, which need none, so that a full
 * disk cannot hide how far a change came; `ballast` is given up when the journal itself finds no room, and
 * `room` is kept for what an undo runs.
 *
 * A change that was started is `armed`. Whoever renames that to `confirmed` has won it for the new state, whoever
 * renames it to `reverting` for the old one; the loser finds nothing to rename (rule 4).
 */
export function commonScript(directory: string, root: string, sys: string): string {
  return `LC_ALL=C; export LC_ALL
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
umask 077
D=${shellQuote(directory)}
ROOT=${shellQuote(root)}
SYS=${shellQuote(sys)}
NL='
'
TAB='\t'
KEPT=0
STOP=
DOWN=
TALK=
BOOT=
cd /

${putScript}# put_line TEXT: prints it. What a host says may be secret, so where printf is a program of its own the shell's echo does
# it, unless there is a backslash, which that one would read as an escape.
if [ -n "$OWN_PRINTF" ]; then put_line() { printf '%s\\n' "$1"; }
else put_line() { case $1 in *\\\\*) printf '%s\\n' "$1" ;; *) echo "$1" ;; esac; }
fi

# say KIND STEP TEXT: one line of the journal; the time is the host's uptime, which no clock change moves.
say() {
  up=0; read -r up rest < /proc/uptime || :
  if [ -n "$TALK" ]; then put_line "$1 $2 $3"; fi
  text=$3
  [ ! -f "$D/mask" ] || text=$(put_line "$3" | sed -f "$D/mask")
  put_line "$up$TAB$1$TAB$2$TAB$text" 2>/dev/null >> "$D/journal" || {
    rm -f "$D/ballast"
    put_line "$up$TAB$1$TAB$2$TAB$text" 2>/dev/null >> "$D/journal" || :
  }
}

# quoted STEP: what stands in "out" (at most 200 lines) goes to the journal, and through no program's words.
quoted() {
  [ -s "$D/out" ] || return 0
  [ -z "$(tail -c 1 "$D/out")" ] || echo >> "$D/out"
  up=0; read -r up rest < /proc/uptime || :
  as_lines "$1" >> "$D/journal" || { rm -f "$D/ballast"; as_lines "$1" >> "$D/journal"; }
  [ "$(wc -l < "$D/out")" -le 200 ] || say out "$1" '(more lines left out)'
}
as_lines() {
  tr -d '\\000' < "$D/out" | if [ -f "$D/mask" ]; then sed -f "$D/mask"; else cat; fi |
    sed -n "1,200s/^/$up\${TAB}out\${TAB}$1\${TAB}/p" 2>/dev/null
}

# flush PATH…: on the disk before we go on. An old sync takes no path and writes everything.
flush() { sync "$@" 2>/dev/null || sync; }

# mark NAME: records a state, by an empty file where the shell itself can make one (it may not be one that crashes when it
# cannot), else by a rename. record NAME: and goes on only when it would outlast a power cut.
mark() {
  [ -n "$OWN_PRINTF" ] && printf '' 2>/dev/null > "$D/state/$1" && return
  mv -f "$D/pend/$1" "$D/state/$1" 2>/dev/null
}
record() { mark "$1" && flush "$D/state"; }

# has NAME: whether a state is marked.
has() { [ -e "$D/state/$1" ]; }

ended() { for end in "$D"/state/end.*; do [ -e "$end" ] && return 0; done; return 1; }

# confirm, claim: the two ways out of being armed. One wins; the other returns 1. A claim that a power cut swallows is
# made again by the boot.
confirm() { mv "$D/state/armed" "$D/state/confirmed" 2>/dev/null && flush "$D/state"; }
claim() { mv "$D/state/armed" "$D/state/reverting" 2>/dev/null; }

# time_left: sets LEFT to the seconds until the deadline, by the host's own uptime; a deadline of another boot is over.
time_left() {
  LEFT=0
  read -r until boot < "$D/deadline" 2>/dev/null || return 0
  [ "$boot" = "$BOOT_ID" ] || return 0
  up=0; read -r up rest < /proc/uptime || :
  LEFT=$((until - \${up%%.*}))
}

# set_deadline SECONDS: from now on. Nobody reads it before the change is armed.
set_deadline() {
  up=0; read -r up rest < /proc/uptime || :
  new=; ! has armed || new=.new
  printf '%s %s\\n' "$((\${up%%.*} + $1))" "$BOOT_ID" > "$D/deadline$new" || return 1
  [ -z "$new" ] || mv -f "$D/deadline.new" "$D/deadline"
}

nap() { sleep "0.$1" 2>/dev/null || sleep 1; }

# here: names this process as the one that works on the change, which a wake does no harm from then on. 1 where even the
# ballast gave no room for that: whoever is not named is taken for dead.
here() { trap : USR1; name_me || { rm -f "$D/ballast"; name_me; }; }
name_me() {
  # Only over another's name is a rename needed: an empty file names nobody.
  new=; [ ! -s "$D/pid" ] || new=.new
  put_line "$$ $BOOT_ID" 2>/dev/null > "$D/pid$new"
  me=; read -r me < "$D/pid$new"
  [ "$me" = "$$ $BOOT_ID" ] && { [ -z "$new" ] || mv -f "$D/pid.new" "$D/pid"; }
}

# loose UNIT WORDS…: runs sh with these words so that it outlives this login, its cgroup and its terminal.
loose() {
  unit=$1; shift
  if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
    # Without waiting: while the host boots, what is let loose starts only after the basic system is up.
    systemd-run --quiet --no-block --collect --unit="$unit" /bin/sh "$@" </dev/null >/dev/null 2>&1 && return
    systemd-run --quiet --no-block --unit="$unit" /bin/sh "$@" </dev/null >/dev/null 2>&1 && return
  fi
  if command -v setsid >/dev/null 2>&1; then POLLUX_TIMEOUT=$TIMEOUT setsid /bin/sh "$@" </dev/null >/dev/null 2>&1 &
  else ( trap '' HUP; exec /bin/sh "$@" ) </dev/null >/dev/null 2>&1 &
  fi
}

BOOT_ID=unknown
[ ! -r /proc/sys/kernel/random/boot_id ] || read -r BOOT_ID < /proc/sys/kernel/random/boot_id

# alive: whether the process that works on this change (the file "pid" names it) runs in this boot.
alive() {
  [ -s "$D/pid" ] || return 1
  read -r pid boot < "$D/pid" || return 1
  [ "$boot" = "$BOOT_ID" ] && [ -d "/proc/$pid" ] && grep -q "$D" "/proc/$pid/cmdline" 2>/dev/null
}

# wake: whoever works on the change looks at once what was marked.
wake() { alive && kill -s USR1 "$pid" 2>/dev/null; return 0; }

${familyScript}
${endFamilyScript}
# born PID: when a process started.
${bornScript}
# end_runner: ends whoever works on this change and all that came of it, and waits until they are gone. A pid that
# another process has now is left alone: the kernel gives none away while a session of that number has members.
end_runner() {
  pid=; read -r pid boot < "$D/pid" 2>/dev/null
  [ -n "$pid" ] && [ "$boot" = "$BOOT_ID" ] || return 0
  alive || [ ! -d "/proc/$pid" ] || return 0
  end_family "$pid"
}

${hookScript}
# What the host's timeout is like: found once, and told to whoever this shell lets loose.
TIMEOUT=\${POLLUX_TIMEOUT-}; unset POLLUX_TIMEOUT
find_timeout() {
  if timeout 1 true 2>/dev/null; then TIMEOUT=new
  elif timeout -t 1 true 2>/dev/null; then TIMEOUT=old
  else TIMEOUT=none; fi
}

# await CHILD: its exit code, however often a signal to this shell ends the waiting.
await() {
  while :; do
    wait "$1"; awaited=$?
    [ "$awaited" -gt 128 ] && [ -d "/proc/$1" ] || return "$awaited"
  done
}

# limited SECONDS COMMAND…: ends the command when its time is over; 124 then (busybox says 143, a kill 137).
limited() {
  seconds=$1; shift
  [ -n "$TIMEOUT" ] || find_timeout
  case $TIMEOUT in
  new) timeout "$seconds" "$@" ;;
  old) timeout -t "$seconds" "$@" ;;
  *)
    "$@" <&0 & command=$!
    ( left=$seconds
      while [ "$left" -gt 0 ]; do sleep 1; kill -0 "$command" 2>/dev/null || exit 0; left=$((left - 1)); done
      kill -9 "$command" 2>/dev/null ) >/dev/null 2>&1 & watch=$!
    await "$command" ;;
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
  quoted "$step"
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
  [ "$owner" = "\${D##*/}" ] && rm -rf "$ROOT/lock" "$ROOT/changes/.taking-$owner"
}

# to_syslog TEXT: for whoever reads the host's own log. Nothing depends on it.
to_syslog() {
  [ -S /dev/log ] && command -v logger >/dev/null 2>&1 || return 0
  title=; IFS= read -r title < "$D/title"
  if [ -z "$TIMEOUT" ]; then
    # A logger that came to its own end tells what the host's timeout is like, too.
    timeout 5 logger -t pollux "$1: change $title" >/dev/null 2>&1 </dev/null
    [ "$?" -ge 124 ] || { TIMEOUT=new; return 0; }
  fi
  limited 5 logger -t pollux "$1: change $title" >/dev/null 2>&1 </dev/null
  return 0
}

# deaf: a shutdown's signals end neither this shell nor its commands from here on. Only for what is short and starts no
# service, which would be deaf for good.
deaf() { trap '' TERM INT; }

# close: the change stands; whether all of its proof was seen was marked before it was confirmed.
close() {
  deaf
  # What this change took back has nothing left to undo (rule 12).
  [ ! -f "$D/supersedes" ] || while IFS= read -r old; do rm -rf "$ROOT/changes/$old"; done < "$D/supersedes"
  tidy
  tidied || :
  rm -f "$D/state/stands"
  if has unknown; then ending applied-unverified; else ending applied; fi
}

# ending OUTCOME: the last word. The journal first, so that who sees the mark finds the line.
ending() {
  unhook
  unlock
  say end - "$1"
  [ -e "$D/state/end.$1" ] || mark "end.$1" || touch "$D/state/end.$1"
  for other in "$D"/state/end.*; do
    [ "$other" = "$D/state/end.$1" ] || rm -f "$other"
  done
  # What nobody needs any more is empty from here on, for an undo by hand too.
  [ ! -f "$D/forgets" ] || while IFS= read -r name; do : > "$D/$name"; done < "$D/forgets"
  flush "$D/journal" "$D/state"
  to_syslog "ended, $1"
}
`
}
