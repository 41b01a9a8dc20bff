/**
 * What the steps of the key exchange run on a host: POSIX sh, with everything that is not fixed as an argument. Each
 * prints one line per pair for the journal.
 */
const head = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
`

/** Whether charon has the connection $1. */
const hasConnection = `has_connection() { swanctl --list-conns 2>/dev/null | grep -q "^$1: IKEv"; }
`

/** The words of the SAs of connection $1, one to a line, and a value among them: "mode=TRANSPORT". */
const sasOf = `sa_words() { swanctl --list-sas --ike "$1" --raw 2>/dev/null | tr ' {}' '\\n\\n\\n'; }
value_of() { sa_words "$1" | sed -n "s/^$2=//p" | tail -n 1; }
`

/** What the daemon and the kernel say of a pair that does not come up, on standard error. */
const evidence = `evidence() {
  echo "The last words of the daemon:" >&2
  if command -v journalctl >/dev/null 2>&1; then journalctl -u strongswan -n 12 --no-pager -o cat >&2
  elif [ -r /var/log/daemon.log ]; then grep charon /var/log/daemon.log | tail -n 12 >&2; fi
  if [ -r /proc/net/xfrm_stat ]; then
    echo "Counters of the kernel that are not zero:" >&2
    awk '$2 > 0 { print $1, $2 }' /proc/net/xfrm_stat >&2
  fi
}
`

/**
 * Has charon read its files anew: what is gone from them is forgotten, what came is known, what stayed is not touched.
 * Words: the connections that must be known then.
 */
export const LOAD = `${head}${hasConnection}
systemctl is-active -q strongswan || { echo 'strongswan.service does not run.' >&2; exit 1; }
swanctl --load-creds --clear --noprompt >/dev/null 2>&1
said=$(swanctl --load-conns 2>&1)
for name do
  has_connection "$name" || { printf '%s\\n' "$said" >&2; echo "charon did not take $name." >&2; exit 1; }
done
printf '%s\\n' "$said" | tail -n 1`

/** Reads the files anew where the daemon runs: as an undo, which nothing may stop. */
export const RELOAD = `${head}
systemctl is-active -q strongswan || exit 0
swanctl --load-creds --clear --noprompt >/dev/null 2>&1
swanctl --load-conns >/dev/null 2>&1
exit 0`

/** Ends what there is of connections. Words: their names. */
export const TERMINATE = `${head}
for name do
  swanctl --terminate --ike "$name" --force --timeout 5 >/dev/null 2>&1
done
exit 0`

/** Whether none of the connections has an SA. Words: their names. */
export const IS_TERMINATED = `${head}${sasOf}
for name do
  [ -z "$(sa_words "$name" | grep '^state=')" ] || exit 1
done`

/**
 * Words: for each pair name, "begins" or "waits", the cipher, its bits, the peer's inner address, the largest packet's
 * payload. Who begins asks for the pair; both see that it came up as asked for, in transport mode, and that the largest
 * packet passes. All pairs are begun at once.
 */
export const TRY = `${head}${sasOf}${evidence}
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
    swanctl --initiate --child "$name" --timeout 40 >"$work/$name" 2>&1 &
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
  elif ! ping -n -q -c 3 -i 0.3 -W 4 -M do -s "$payload" "$inner" >"$work/ping" 2>&1; then
    echo "$name is up, but $inner does not answer to a packet of $((payload + 28)) bytes through it." >&2
    tail -n 3 "$work/ping" >&2; failed=1
  else
    echo "$name: transport mode, $seen $size, $inner answers, $((payload + 28)) bytes pass."
  fi
done <"$work/pairs"
[ "$failed" = 0 ] || { evidence; exit 1; }`

/** Whether the pairs have a trap in the kernel, both ways. Words: the names. */
export const ARE_TRAPPED = `${head}
list=$(swanctl --list-pols --trap 2>/dev/null)
for name do
  printf '%s\\n' "$list" | grep -q "^$name/$name, TRANSPORT" || { echo "$name has no trap." >&2; exit 1; }
done`

/**
 * Words: for each pair name, inner address, payload. Forces a new key of the child SA, which asks for the group that the
 * first one did not need (swanctl.conf(5), esp_proposals), and sees packets pass with it.
 */
export const REKEY = `${head}${sasOf}${evidence}
failed=0
while [ $# -ge 3 ]; do
  name=$1 inner=$2 payload=$3
  shift 3
  before=$(value_of "$name" spi-in)
  said=$(swanctl --rekey --child "$name" 2>&1)
  now=$before
  n=0
  while [ $n -lt 20 ]; do
    now=$(value_of "$name" spi-in)
    if [ "$now" != '' ] && [ "$now" != "$before" ]; then break; fi
    n=$((n + 1)); sleep 1
  done
  if [ "$now" = '' ] || [ "$now" = "$before" ]; then
    printf '%s\\n' "$said" >&2; echo "$name did not get a new key." >&2; failed=1
  elif ! ping -n -q -c 2 -i 0.3 -W 4 -M do -s "$payload" "$inner" >/dev/null 2>&1; then
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
export const WIRE = `${head}
device=$1
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
