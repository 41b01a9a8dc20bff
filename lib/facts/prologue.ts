import { familyScript } from '@/lib/ssh/family-script'

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
 * `p I` probe begins, `r J K` branch K of reading J begins, `n` a path follows, `d` data follows, `m` a line for each of the paths before, `t` a document's type,
 * `l` where it leads, `s` its stat line, `c CODE` the last data's command failed, `w` not all of it, `e WHY CODE` the branch
 * ended, `q I` probe ended, `z` all done.
 *
 * Marks and small files gather in `out` and leave in one write before a process starts: a write each would cost sshd
 * more than the reading itself. posh has no printf of its own, so it writes by its echo, with backslashes doubled.
 *
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

${familyScript}slay() {
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

trap 'tick=$((tick + 1)) ticked=1' ALRM
`
