import type { Argv } from '@/lib/agent'

/**
 * What the steps of the key exchange run on a host: POSIX sh, with everything that is not fixed as an argument. Each
 * prints one line per pair for the journal. What a daemon is asked and told by is its dialect.
 */
const head = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
`

/**
 * The words of one kind of daemon, as functions of the shell:
 *   runs              fails, with a word on standard error, where the daemon does not run
 *   read_files        has it read its files anew: what is gone from them is forgotten, what came is known
 *   has_connection N  whether it knows the connection
 *   sa_words N        of each SA of ESP: state=INSTALLED, mode=TRANSPORT, encr-alg=AES_GCM_16, encr-keysize=256, spi-in=…
 *   begin N           asks for the connection, for 40 seconds at most
 *   end_sas N         ends what there is of it
 *   renew N           forces a new key of ESP
 *   is_trapped N      whether the kernel asks for it by itself, in transport mode
 *   drop_trap N       has the kernel ask for it no more
 *   last_words        the daemon's own, the newest
 */
const swanctl = `runs() { systemctl is-active -q strongswan || { echo 'strongswan.service does not run.' >&2; return 1; }; }
read_files() { swanctl --load-creds --clear --noprompt >/dev/null 2>&1; swanctl --load-conns; }
has_connection() { swanctl --list-conns 2>/dev/null | grep -q "^$1: IKEv"; }
sa_words() { swanctl --list-sas --ike "$1" --raw 2>/dev/null | tr ' {}' '\\n\\n\\n'; }
begin() { swanctl --initiate --child "$1" --timeout 40; }
end_sas() { swanctl --terminate --ike "$1" --force --timeout 5; }
renew() { swanctl --rekey --child "$1"; }
drop_trap() { swanctl --uninstall --child "$1"; }
is_trapped() { swanctl --list-pols --trap 2>/dev/null | grep -q "^$1/$1, TRANSPORT"; }
last_words() {
  if command -v journalctl >/dev/null 2>&1; then journalctl -u strongswan -n 12 --no-pager -o cat
  elif [ -r /var/log/daemon.log ]; then grep charon /var/log/daemon.log | tail -n 12; fi
}
`

/**
 * By ipsec(8), strongSwan's starter: it reads its files in the background, and tells its SAs in prose. Of a closed child
 * "*" means every one; \`ipsec up\` waits for as long as the daemon tries.
 */
const starter = `runs() { ipsec status >/dev/null 2>&1 || { echo 'strongSwan (ipsec.conf) does not run.' >&2; return 1; }; }
read_files() { ipsec rereadsecrets; ipsec update; }
has_connection() { ipsec statusall "$1" 2>/dev/null | grep -q "^ *$1:  "; }
sa_words() {
  ipsec statusall "$1" 2>/dev/null | sed -n \\
    -e "s/^ *$1{[0-9]*}:  *INSTALLED, \\([A-Z]*\\),.*SPIs: \\([0-9a-f]*\\)_i.*/state=INSTALLED mode=\\1 spi-in=\\2/p" \\
    -e "s/^ *$1{[0-9]*}:  *\\([A-Z0-9_]*\\)_\\([0-9]*\\)[/,].* bytes_i.*/encr-alg=\\1 encr-keysize=\\2/p" | tr ' ' '\\n'
}
begin() { timeout 40 ipsec up "$1"; }
end_sas() { timeout 10 ipsec down "$1[*]"; }
renew() { ipsec stroke rekey "$1{*}"; }
drop_trap() { ipsec unroute "$1"; }
is_trapped() { ipsec statusall "$1" 2>/dev/null | grep -q "^ *$1{[0-9]*}:  *ROUTED, TRANSPORT"; }
last_words() {
  if command -v journalctl >/dev/null 2>&1; then journalctl -t charon -t ipsec -n 12 --no-pager -o cat
  elif [ -r /var/log/daemon.log ]; then grep charon /var/log/daemon.log | tail -n 12; fi
}
`

/** A value among the words of the SAs of connection $1: the newest. */
const saValue = `value_of() { sa_words "$1" | sed -n "s/^$2=//p" | tail -n 1; }
`

/** What the daemon and the kernel say of a pair that does not come up, on standard error. */
const evidence = `evidence() {
  echo "The last words of the daemon:" >&2
  last_words >&2
  if [ -r /proc/net/xfrm_stat ]; then
    echo "Counters of the kernel that are not zero:" >&2
    awk '$2 > 0 { print $1, $2 }' /proc/net/xfrm_stat >&2
  fi
}
`

/** Has the daemon read its files anew, and waits for it. Words: the connections that must be known then. */
const load = `runs || exit 1
said=$(read_files 2>&1)
for name do
  n=0
  until has_connection "$name"; do
    n=$((n + 1))
    if [ $n -ge 10 ]; then printf '%s\\n' "$said" >&2; echo "charon did not take $name." >&2; exit 1; fi
    sleep 1
  done
done
printf '%s\\n' "$said" | tail -n 1`

/** Ends what there is of connections. Words: their names. */
const terminate = `for name do
  end_sas "$name" >/dev/null 2>&1
done
exit 0`

/**
 * Ends a connection that the daemon has forgotten, with what keeps it. A peer that ends its half in between has the trap set
 * once more (close_action of the SA's own settings, seen on 5.9.8), after the connection that it belongs to is gone; so both
 * are looked for until neither is there.
 */
const endWhole = `end_whole() {
  n=0
  while :; do
    end_sas "$1" >/dev/null 2>&1
    drop_trap "$1" >/dev/null 2>&1
    [ -n "$(sa_words "$1" | grep '^state=')" ] || is_trapped "$1" || return 0
    n=$((n + 1))
    if [ $n -ge 5 ]; then echo "$1 does not end." >&2; return 1; fi
    sleep 1
  done
}
`

/** Ends connections that the daemon has forgotten. Words: their names. */
const end = `${endWhole}for name do
  end_whole "$name" || exit 1
done`

/**
 * Reads the files anew where the daemon runs: as an undo, which nothing may stop. Words: the connections that are gone from
 * them then. A peer that still has its trap may have asked for one again after it was ended and before it was forgotten.
 */
const reload = `${endWhole}if runs 2>/dev/null; then
  read_files >/dev/null 2>&1
  for name do
    end_whole "$name"
  done
fi
exit 0`

/** Whether none of the connections has an SA. Words: their names. */
const isTerminated = `for name do
  [ -z "$(sa_words "$name" | grep '^state=')" ] || exit 1
done`

/**
 * Words: for each pair name, "begins" or "waits", the cipher, its bits, the peer's inner address, the largest packet's
 * payload. Who begins asks for the pair; both see that it came up as asked for, in transport mode, and that the largest
 * packet passes. All pairs are begun at once. Who waits has its half in the kernel before the other hears of it, so that its
 * first packets may be lost: three of all that are sent in 15 s must come back (ping(8), a count with a deadline).
 */
const tryPairs = `${saValue}${evidence}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
pids=
count=0
failed=0
while [ $# -ge 6 ]; do
  name=$1 role=$2 cipher=$3 bits=$4 inner=$5 payload=$6
  shift 6
  count=$((count + 1))
  printf '%s %s %s %s %s %s\\n' "$name" "$role" "$cipher" "$bits" "$inner" "$payload" >>"$work/pairs"
  if [ "$role" = begins ]; then
    begin "$name" >"$work/$name" 2>&1 &
    pids="$pids $!"
  fi
done
for pid in $pids; do wait "$pid"; done
end=$(($(cut -d. -f1 /proc/uptime) + 60))
while read -r name role cipher bits inner payload; do
  while [ "$(value_of "$name" mode)" = '' ] && [ "$(cut -d. -f1 /proc/uptime)" -lt "$end" ]; do sleep 1; done
  mode=$(value_of "$name" mode) seen=$(value_of "$name" encr-alg) size=$(value_of "$name" encr-keysize)
  if [ "$mode" = '' ]; then
    echo "$name did not come up." >&2
    [ ! -f "$work/$name" ] || tail -n 4 "$work/$name" >&2
    failed=1
  elif [ "$mode" != TRANSPORT ]; then
    echo "$name came up in mode $mode, not transport." >&2; failed=1
  elif [ "$seen $size" != "$cipher $bits" ]; then
    echo "$name uses $seen with $size bits, not $cipher with $bits." >&2; failed=1
  elif ! ping -n -q -c 3 -i 0.3 -w 15 -M do -s "$payload" "$inner" >"$work/ping" 2>&1; then
    echo "$name is up, but $inner does not answer to a packet of $((payload + 28)) bytes through it." >&2
    tail -n 3 "$work/ping" >&2; failed=1
  else
    echo "$name: transport mode, $seen $size, $inner answers, $((payload + 28)) bytes pass."
  fi
done <"$work/pairs"
[ "$failed" = 0 ] || { evidence; exit 1; }`

/** Whether the pairs have a trap in the kernel, both ways. Words: the names. */
const areTrapped = `for name do
  n=0
  until is_trapped "$name"; do
    n=$((n + 1))
    if [ $n -ge 10 ]; then echo "$name has no trap." >&2; exit 1; fi
    sleep 1
  done
done`

/**
 * Words: for each pair name, inner address, payload. Forces a new key of the child SA, which asks for the group that the
 * first one did not need (swanctl.conf(5), esp_proposals), and sees packets pass with it.
 */
const rekey = `${saValue}${evidence}
failed=0
while [ $# -ge 3 ]; do
  name=$1 inner=$2 payload=$3
  shift 3
  before=$(value_of "$name" spi-in)
  said=$(renew "$name" 2>&1)
  now=$before
  n=0
  while [ $n -lt 20 ]; do
    now=$(value_of "$name" spi-in)
    if [ "$now" != '' ] && [ "$now" != "$before" ]; then break; fi
    n=$((n + 1)); sleep 1
  done
  if [ "$now" = '' ] || [ "$now" = "$before" ]; then
    printf '%s\\n' "$said" >&2; echo "$name did not get a new key." >&2; failed=1
  elif ! ping -n -q -c 2 -i 0.3 -w 15 -M do -s "$payload" "$inner" >/dev/null 2>&1; then
    echo "$name got a new key, and $inner does not answer with it." >&2; failed=1
  else
    echo "$name got a new key, and packets pass with it."
  fi
done
[ "$failed" = 0 ] || { evidence; exit 1; }`

/**
 * Words: the device of the outer address, then for each pair name, the peer's outer and inner address. Looks at what leaves
 * the device while packets go through each tunnel: ESP to each peer, and nothing of IP-IP in clear. Incoming packets show
 * once more after they were opened, so that only outgoing ones can be judged.
 */
const wire = `device=$1
shift
command -v tcpdump >/dev/null 2>&1 || { echo 'There is no tcpdump here: the wire was not looked at.'; exit 0; }
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
tcpdump -nn -l -i "$device" -Q out 'ip proto 4 or ip proto 50' >"$work/seen" 2>"$work/said" &
watcher=$!
n=0
until grep -q 'listening on' "$work/said"; do
  n=$((n + 1))
  if [ $n -ge 20 ]; then kill "$watcher" 2>/dev/null; cat "$work/said" >&2; echo 'tcpdump did not begin.' >&2; exit 1; fi
  sleep 1
done
while [ $# -ge 3 ]; do
  printf '%s %s\\n' "$1" "$2" >>"$work/pairs"
  ping -n -q -c 3 -i 0.3 -W 4 "$3" >/dev/null 2>&1
  shift 3
done
sleep 1
kill "$watcher"
wait "$watcher" 2>/dev/null
failed=0
while read -r name outer; do
  sealed=$(grep -c -F " > $outer: ESP(" "$work/seen")
  clear=$(grep -c -F " > $outer: IP " "$work/seen")
  if [ "$clear" -gt 0 ]; then echo "$name: $clear packets left in clear." >&2; failed=1
  elif [ "$sealed" = 0 ]; then echo "$name: no packet left, in ESP or in clear." >&2; failed=1
  else echo "$name: $sealed packets left in ESP, none in clear."; fi
done <"$work/pairs"
exit $failed`

const bodies = { load, reload, terminate, end, isTerminated, tryPairs, areTrapped, rekey, wire }
const dialects = { swanctl, starter }

/** The kinds of daemon that Pollux sets up pairs by. */
export type ExchangeKind = keyof typeof dialects

/** A program of the key exchange in a daemon's dialect, with its words, which stay data. */
export function exchangeProgram(kind: ExchangeKind, name: keyof typeof bodies, ...words: string[]): Argv {
  return ['sh', '-c', `${head}${dialects[kind]}${bodies[name]}`, 'pollux', ...words]
}
