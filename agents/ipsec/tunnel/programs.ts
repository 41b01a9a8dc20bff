import type { Argv } from '@/lib/agent'

/**
 * What both programs share. Words: six for each tunnel (name, local, remote, MTU, up or down, addresses), `-` for local where
 * it shall not be there. All that is not fixed comes as an argument and stays data. `ends` is silent for what is no ip-ip
 * tunnel; addresses come back as they are given: "10.9.0.1@10.9.0.2/32", or without the other end.
 */
const head = `set -uf
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
is_there() { [ -d "/sys/class/net/$1" ]; }
ends() {
  set -- $(ip tunnel show "$1" 2>/dev/null)
  [ "\${2-}" = ip/ip ] || return 0
  at=any; to=any
  while [ $# -gt 1 ]; do
    case $1 in local) at=$2;; remote) to=$2;; esac
    shift
  done
  printf '%s %s\\n' "$at" "$to"
}
mtu_of() { cat "/sys/class/net/$1/mtu"; }
state_of() {
  read -r flags <"/sys/class/net/$1/flags"
  if [ $((flags & 1)) = 1 ]; then echo up; else echo down; fi
}
addresses() {
  ip -o -4 addr show dev "$1" | while read -r _ _ _ address word end _; do
    if [ "$word" = peer ]; then printf '%s@%s\\n' "$address" "$end"; else printf '%s\\n' "$address"; fi
  done
}
listed() { if [ "$1" != - ]; then printf '%s\\n' "$1" | tr , '\\n'; fi; }
`

/**
 * Brings every tunnel to what its words say, one line for each. What is to go goes first, so that its ends are free. A device
 * of that name that is no ip-ip tunnel stops it. networkd may be at the same device at the same moment, by the files that
 * keep it over a boot, so that nothing fails because it is done already. One that fails does not keep the others from being tried.
 */
const bring = `${head}
failed=0
fail() { printf '%s: %s\\n' "$1" "$2"; failed=1; }
move() {
  if ! is_there "$1"; then
    if [ "$2" = - ]; then printf '%s: it is not there\\n' "$1"; fi
    return 0
  fi
  now=$(ends "$1")
  if [ -z "$now" ]; then fail "$1" 'it is there, and no ip-ip tunnel'; return 0; fi
  if [ "$2" = - ]; then
    if ip tunnel del "$1"; then printf '%s: taken away\\n' "$1"; else fail "$1" 'it could not be taken away'; fi
  elif [ "$now" != "$2 $3" ]; then
    ip tunnel change "$1" mode ipip remote "$3" local "$2" ttl 64 || ip tunnel del "$1"
  fi
}
add_address() {
  case $2 in
    *@*) ip addr replace "\${2%@*}" peer "\${2#*@}" dev "$1";;
    *) ip addr replace "$2" dev "$1";;
  esac
}
del_address() {
  case $2 in
    *@*) ip addr del "\${2%@*}" peer "\${2#*@}" dev "$1";;
    *) ip addr del "$2" dev "$1";;
  esac
}
put() {
  done=
  if ! is_there "$1"; then
    ip tunnel add "$1" mode ipip remote "$3" local "$2" ttl 64 || is_there "$1" || return 1
    done=' made,'
  fi
  [ "$(ends "$1")" = "$2 $3" ] || return 1
  [ "$(mtu_of "$1")" = "$4" ] || ip link set dev "$1" mtu "$4" || return 1
  old=$(addresses "$1"); new=$(listed "$6")
  for one in $old; do
    printf '%s\\n' "$new" | grep -F -x -q -e "$one" || del_address "$1" "$one" || return 1
  done
  for one in $new; do
    printf '%s\\n' "$old" | grep -F -x -q -e "$one" || add_address "$1" "$one" || return 1
  done
  [ "$(state_of "$1")" = "$5" ] || ip link set dev "$1" "$5" || return 1
  printf '%s:%s from %s to %s, MTU %s, %s, %s\\n' "$1" "$done" "$2" "$3" "$4" "$5" "$6"
}
each() {
  what=$1; shift
  while [ $# -gt 5 ]; do "$what" "$1" "$2" "$3" "$4" "$5" "$6"; shift 6; done
}
put_wanted() {
  if [ "$2" = - ]; then return 0; fi
  put "$@" || fail "$1" 'it could not be brought up'
}
[ -d /sys/module/ipip ] || modprobe ipip 2>/dev/null || :
each move "$@"
each put_wanted "$@"
exit $failed`

/** Whether every tunnel is as its words say; a line for each that is not. It only reads. */
const stand = `${head}
sorted() { sort | tr '\\n' ' '; }
differs() {
  if ! is_there "$1"; then [ "$2" != - ]; return; fi
  [ "$2" != - ] || return 0
  [ "$(ends "$1")" != "$2 $3" ] || [ "$(mtu_of "$1")" != "$4" ] || [ "$(state_of "$1")" != "$5" ] ||
    [ "$(addresses "$1" | sorted)" != "$(listed "$6" | sorted)" ]
}
failed=0; seen=0
while [ $# -gt 5 ]; do
  if differs "$1" "$2" "$3" "$4" "$5" "$6"; then printf '%s: not as it shall be\\n' "$1"; failed=1; else seen=$((seen + 1)); fi
  shift 6
done
printf '%s as they shall be\\n' "$seen"
exit $failed`

const programs = { bring, stand } as const

/** The command of a program; `words` are those of the tunnels, six for each. */
export function tunnelProgram(name: keyof typeof programs, words: readonly string[]): Argv {
  return ['sh', '-c', programs[name], 'tunnels', ...words]
}
