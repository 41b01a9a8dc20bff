/** Where programs are looked for. A login's own PATH may lack the sbin folders, or lie. */
export const hostPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** A `file` reading of at most this many bytes, and each of `files`, is read by the shell itself: no process is started. */
export const smallFileBytes = 4096

/** A document longer than this is not read: a step could not put it back whole. */
export const documentMaxBytes = 256 * 1024

/**
 * The functions that every facts script begins with: POSIX sh, no `local`, no here-document (bash writes those to files).
 *
 * Marks are lines of their own that begin with the nonce; everything between two marks is what the host said:
 * `p I` probe begins, `r J K` branch K of reading J begins, `n` a path follows, `d` data follows, `t` a document's type,
 * `l` where it leads, `s` its stat line, `c CODE` the last data's command failed, `w` not all of it, `e WHY CODE` the branch
 * ended, `q I` probe ended, `z` all done.
 *
 * Marks and small files gather in `out` and leave in one write before a process starts: a write each would cost sshd
 * more than the reading itself. posh has no printf of its own, so it writes by its echo, with backslashes doubled.
 *
 * `family` runs in a subshell of its own: posh 0.14 crashes in a trap after redirections failed in the same process, and
 * the processes that it looks at come and go.
 * apt unfolds its signed lists in a temporary file even for a simulation; in /dev/shm that is memory, not the disk.
 *
 * IFS is a newline throughout: names keep their spaces, and with an empty one posh makes one word of "$@".
 *
 * One ticker (a subshell and its sleep) serves all timeouts: a second's ALRM interrupts `wait`, and only then is a
 * deadline looked at. `timeout` around each command would start twice as many processes, and old busybox says it otherwise.
 */
export const prologue = `umask 077
LC_ALL=C LANGUAGE=
export LC_ALL LANGUAGE PATH
unset CDPATH
if [ -w /dev/shm ]; then
  TMPDIR=/dev/shm
  export TMPDIR
fi
nl='
'
IFS=$nl
out= tick=0 ticked= why= code=0
if [ -n "\${POSH_VERSION-}" ]; then
  put() {
    rest=$1 done=
    while :; do
      case $rest in
        *\\\\*) done="$done\${rest%%\\\\*}\\\\\\\\" rest=\${rest#*\\\\} ;;
        *) break ;;
      esac
    done
    echo -n "$done$rest"
  }
else
  put() { printf %s "$1"; }
fi
flush() { [ -z "$out" ] || put "$out"; out=; }
mark() { out="$out$nl$nonce $1$nl"; }

family() {
  kids=" $1 " more=1
  while [ -n "$more" ]; do
    more=
    for stat in /proc/[0-9]*/stat; do
      line=
      read -r line <"$stat"
      kid=\${line%% *}
      line=\${line##*) }
      line=\${line#* }
      case $kids in
        *" $kid "*) ;;
        *" \${line%% *} "*) kids="$kids$kid " more=1 ;;
      esac
    done
  done 2>/dev/null
  put "$kids"
}
slay() {
  kill -s STOP "$1" 2>/dev/null
  kids=$(family "$1")
  IFS=' '
  for kid in $kids; do kill -s KILL "$kid" 2>/dev/null; done
  IFS=$nl
}

run() {
  until=$((tick + $1 + 1)) why=
  [ "$until" -le "$end" ] || until=$end
  shift
  flush
  "$@" </dev/null &
  pid=$!
  while ticked=; wait "$pid"; code=$?; [ -n "$ticked" ] && [ "$code" -gt 128 ]; do
    [ "$tick" -ge "$until" ] || continue
    [ "$tick" -lt $((until + 3)) ] || break
    why=late
    slay "$pid"
  done
  [ "$code" -eq 0 ] || put "$nl$nonce $probe $reading$nl" >&2
}

where() {
  IFS=:
  for dir in $PATH; do
    if [ -x "$dir/$1" ] && [ -f "$dir/$1" ]; then
      found=$dir/$1 IFS=$nl
      return 0
    fi
  done
  IFS=$nl
  found=$1
  command -v "$1" >/dev/null 2>&1
}

p() {
  probe=$1 end=$((tick + $2 + 1))
  mark "p $1"
  flush
}
r() {
  reading="$1 $2" ok=
  mark "r $1 $2"
  [ "$tick" -lt "$end" ] && return 0
  mark 'e late'
  return 1
}

present() {
  if [ -e "$1" ]; then return 0; fi
  why=absent dir=$1
  [ ! -h "$1" ] || return 1
  while dir=\${dir%/*}; [ -n "$dir" ]; do
    if [ -e "$dir" ]; then
      [ -x "$dir" ] || why=denied
      return 1
    fi
  done
  return 1
}

slurp() {
  text= line=
  while read -r line; do
    text=$text$line$nl line=
    [ \${#text} -le "$2" ] || break
  done 2>/dev/null <"$1"
  text=$text$line
}

finish() {
  case $why$code in
    late*) mark 'e late' ;;
    126) mark 'e denied 126' ;;
    127) mark 'e none 127' ;;
    0)
      ok=1
      mark 'e ok 0'
      ;;
    *) mark "e $1 $code" ;;
  esac
}

readable() {
  if ! present "$1"; then
    mark "e $why"
  elif [ ! -f "$1" ]; then
    mark 'e failed'
  elif [ ! -r "$1" ]; then
    mark 'e denied'
  else
    return 0
  fi
  return 1
}

content() {
  mark d
  run 10 head -c "$1" "$2"
  [ -z "$why" ] && [ "$code" -ne 0 ] || return 0
  mark d
  run 10 dd bs="$1" count=1 if="$2"
}

file() {
  readable "$2" || return 0
  if [ "$1" -le ${smallFileBytes} ] && slurp "$2" "$1" && [ -n "$text" ]; then
    ok=1
    mark d
    out=$out$text
    mark 'e ok 0'
    return 0
  fi
  content "$(($1 + 1))" "$2"
  finish failed
}

files() {
  nope=
  for glob in "$@"; do
    for f in $glob; do
      if [ ! -f "$f" ]; then continue; fi
      if [ ! -r "$f" ]; then
        nope=1
        continue
      fi
      slurp "$f" ${smallFileBytes}
      out="$out$nl$nonce n$nl$f$nl$nonce d$nl$text"
      if [ -z "$text" ]; then
        run 10 head -c 1 "$f"
        [ "$code" -eq 0 ] || mark "c $code"
      fi
      [ "$code" -ne 0 ] || ok=1
      code=0
      [ \${#out} -lt 32768 ] || flush
    done
  done
  if [ -z "$ok$nope" ] || [ -n "$ok" ]; then mark 'e ok 0'; else mark 'e denied'; fi
}

links() {
  for glob in "$@"; do
    for f in $glob; do
      [ -h "$f" ] && [ -e "$f" ] || continue
      ok=1
      out="$out$nl$nonce n$nl$f$nl$nonce d$nl"
      if [ -d "$f" ] && cd -P "$f" 2>/dev/null; then
        out=$out$PWD
        continue
      fi
      run 5 readlink -f "$f"
      [ "$code" -eq 0 ] || mark "c $code"
    done
  done
  cd /
  mark 'e ok 0'
}

document() {
  if ! present "$1" && [ ! -h "$1" ]; then
    mark "e $why"
    return 0
  fi
  if [ -h "$1" ]; then
    mark 't link'
    if [ -e "$1" ]; then
      mark l
      run 5 readlink -f "$1"
    fi
  elif [ -d "$1" ]; then
    mark 't directory'
  elif [ -f "$1" ]; then
    mark 't file'
  else
    mark 't other'
  fi
  if [ ! -e "$1" ]; then
    mark 'e ok 0'
    return 0
  fi
  mark s
  run 5 stat -L -c %a:%U:%G "$1"
  if [ -z "$why" ] && [ "$code" -ne 0 ]; then
    mark s
    run 5 ls -ldL "$1"
  fi
  if [ -z "$why" ] && [ -f "$1" ]; then
    if [ ! -r "$1" ]; then
      mark 'e denied'
      return 0
    fi
    content $((${documentMaxBytes} + 1)) "$1"
  fi
  finish failed
}

programs() {
  for f in "$@"; do
    if where "$f"; then out="$out$nl$nonce n$nl$f$nl$nonce d$nl$found"; fi
  done
  ok=1
  mark 'e ok 0'
}

command_() {
  if ! where "$2"; then
    mark 'e none'
    return 0
  fi
  mark d
  run "$@"
  finish ok
}

each() {
  if [ ! -f "$f" ] || [ -n "$cut" ]; then return 0; fi
  if [ ! -r "$f" ]; then
    nope=1
    return 0
  fi
  seen=$((seen + 1))
  if [ "$seen" -gt "$1" ] || [ "$tick" -ge "$end" ]; then
    cut=1
    mark w
    return 0
  fi
  shift
  out="$out$nl$nonce n$nl$f$nl$nonce d$nl"
  run "$@"
  if [ -n "$why" ]; then mark 'c late'; elif [ "$code" -ne 0 ]; then mark "c $code"; else ok=1; fi
}

trap 'tick=$((tick + 1)) ticked=1' ALRM
`
