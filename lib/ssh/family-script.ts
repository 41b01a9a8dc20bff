/**
 * The shell function `family PID`, POSIX sh: stops the process and all that came of it, and prints their ids. What lost
 * its parent is found by its session, when the process led one (proc_pid_stat(5): ppid is the fourth field, session the
 * sixth). It stops each before it looks for more, until a whole look finds none: one that has a signal waiting can't
 * fork (the kernel's copy_process gives ERESTARTNOINTR), so nothing is missed. Called as `$(family "$pid")`, never bare.
 * cat opens what comes and goes: posh 0.14 crashes after redirections that fail.
 */
export const familyScript = `family() {
  set -f
  IFS='
'
  kill -s STOP "$1" 2>/dev/null
  kids=" $1 " more=1
  while [ -n "$more" ]; do
    more=
    for line in $(set +f; cat /proc/[0-9]*/stat 2>/dev/null); do
      kid=\${line%% *}
      line=\${line##*) }
      line=\${line#* }
      parent=\${line%% *}
      line=\${line#* }
      line=\${line#* }
      case $kids in
        *" $kid "*) continue ;;
        *" $parent "*) ;;
        *) [ "\${line%% *}" = "$1" ] || continue ;;
      esac
      kill -s STOP "$kid" 2>/dev/null
      kids="$kids$kid " more=1
    done
  done
  echo "$kids"
}
`
