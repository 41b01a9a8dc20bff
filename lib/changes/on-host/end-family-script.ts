/**
 * The shell function `end_family PID`: ends a process and all that came of it (`family` of lib/ssh), and waits until they
 * are gone. Needs `family` and `nap`.
 */
export const endFamilyScript = `end_family() {
  kids=$(family "$1")
  for kid in $kids; do kill -s KILL "$kid" 2>/dev/null; done
  for kid in $kids; do
    tries=0
    while [ -d "/proc/$kid" ] && [ "$tries" -lt 50 ]; do
      case "$(cat "/proc/$kid/stat" 2>/dev/null)" in '' | *') Z '*) break ;; esac
      nap 1; tries=$((tries + 1))
    done
  done
}
`
