import type { Argv } from '@/lib/agent'

/** How a server is stopped and started on its host. */
export type Service = { by: 'systemd'; unit: string } | { by: 'init'; script: string; pidFile: string }

/** Seconds that a server which answers gets to stop: it writes its changed pages, and is never killed at that. */
const STOP_S = 600
/** Seconds for one that answers nobody, before it is killed. */
const HUNG_S = 30

// Words: seconds for the start, the error log ('' for the journal), how, what, the client with its options.
const program = `start_s=$1; log=$2; by=$3; what=$4; pidfile=$5; shift 5
answers() { echo 'SELECT 1;' | "$@" >/dev/null 2>&1; }
runs() {
  if [ "$by" = systemd ]; then
    case $(systemctl is-active "$what") in inactive | failed) return 1 ;; esac
  else
    [ -s "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null
  fi
}
stop() { if [ "$by" = systemd ]; then systemctl stop --no-block "$what"; else "$what" stop & fi; }
kill_it() { if [ "$by" = systemd ]; then systemctl kill -s KILL "$what"; else kill -KILL "$(cat "$pidfile")"; fi; }
start() {
  if [ "$by" = systemd ]; then systemctl reset-failed "$what" 2>/dev/null; systemctl start --no-block "$what"; else "$what" start & fi
}
# A unit that is started again by itself is hardly ever called failed: twice in vain is enough.
has_failed() {
  [ "$by" = systemd ] || return 1
  [ "$(systemctl is-active "$what")" != failed ] || return 0
  again=$(systemctl show -p NRestarts "$what" 2>/dev/null); again=\${again#NRestarts=}
  [ "\${again:-0}" -gt 1 ]
}
since=$(date +%s)
size=0; [ -z "$log" ] || size=$(wc -c <"$log" 2>/dev/null) || size=0
told() {
  if [ -n "$log" ]; then tail -c +$((size + 1)) "$log" 2>/dev/null
  elif [ "$by" = systemd ]; then journalctl -u "$what" --since "@$since" -o cat --no-pager 2>/dev/null; fi |
    grep -iE '\\[(ERROR|Warning)\\]|unknown|cannot|can.t|fail|denied|no space' | tail -n 20
}
give_up() { echo "$1"; told; exit 1; }
patience=${HUNG_S}; well=
if answers "$@"; then well=1; patience=${STOP_S}; fi
stop
n=0; killed=
while runs; do
  n=$((n + 1))
  if [ "$n" -gt "$patience" ]; then
    [ -z "$well" ] || give_up "The server did not stop within $patience seconds."
    [ -z "$killed" ] || give_up 'The server runs on although it was killed.'
    echo "The server answers nobody and did not stop within $patience seconds: it is killed."
    kill_it; killed=1; patience=$((patience + 30))
  fi
  sleep 1
done
start
n=0
until answers "$@"; do
  n=$((n + 1))
  if has_failed; then give_up 'The server did not start.'; fi
  [ "$n" -le "$start_s" ] || give_up "The server did not answer within $start_s seconds."
  sleep 1
done
told
`

/**
 * The command that stops a server, starts it, and waits until it answers on its socket; it ends with 1 and the decisive
 * lines of the error log where it does not. A server that answers is let write its pages for ten minutes and not
 * killed; one that answers nobody is killed after half a minute, so that the same command brings back what hangs.
 * `log` is the error log's path, null where the server writes to standard error, which systemd keeps.
 */
export function restart(
  service: Service,
  client: Argv,
  { startS, log }: { startS: number; log: string | null },
): { run: Argv; timeoutS: number } {
  const [what, pidFile] = service.by === 'systemd' ? [service.unit, ''] : [service.script, service.pidFile]
  return {
    run: ['sh', '-c', program, 'pollux', String(startS), log ?? '', service.by, what, pidFile, ...client],
    timeoutS: STOP_S + startS + 90,
  }
}
