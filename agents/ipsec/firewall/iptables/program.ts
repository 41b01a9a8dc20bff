import type { Argv } from '@/lib/agent'

/**
 * Brings the chains of a mesh to a state, in one transaction, from whatever state they are in. Its input are lines of
 * iptables-restore(8) for the table filter. Words, in any number:
 *   J HOOK GATE PLACE   the chain HOOK jumps to GATE; where it does not, from that place on
 *   D HOOK GATE         it does not
 *   X CHAIN             the chain goes, with all that is in it
 * Without `--noflush` iptables-restore would begin with empty chains. What is there already is not touched, so that its
 * counters go on. `-w` waits for another iptables; releases before 1.4.20 have neither the word nor the lock.
 */
export const setRules = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
w=; case $(iptables --help 2>&1) in *--wait*) w=-w;; esac
r=; case $(iptables-restore --help 2>&1) in *--wait*) r=-w;; esac
now=$(iptables $w -S) || exit 1
has() { printf '%s\\n' "$now" | grep -q -F -x -e "$1"; }
commands() {
  gone=
  cat
  while [ $# -gt 1 ]; do
    case $1 in
      J)
        rules=$(printf '%s\\n' "$now" | grep -c -e "^-A $2 ")
        place=$4; [ "$place" -le "$((rules + 1))" ] || place=$((rules + 1))
        if ! printf '%s\\n' "$now" | grep -q -e "^-[NP] $2\\\\( .*\\\\)\\\\{0,1\\\\}$"; then echo "There is no chain $2 to jump from." >&2
        elif ! has "-A $2 -j $3"; then echo "-I $2 $place -j $3"; fi
        shift 4;;
      D)
        printf '%s\\n' "$now" | grep -F -x -e "-A $2 -j $3" | sed 's/^-A/-D/'
        shift 3;;
      X)
        if has "-N $2"; then echo "-F $2"; gone="$gone $2"; fi
        shift 2;;
      *) echo "expected J, D or X, got $1" >&2; exit 1;;
    esac
  done
  for chain in $gone; do echo "-X $chain"; done
}
body=$(commands "$@") || exit 1
[ -n "$body" ] || exit 0
printf '*filter\\n%s\\nCOMMIT\\n' "$body" | iptables-restore $r --noflush`

/**
 * Tells of each peer that its rules are there. Words: the front of the chains, the two hooks, then three a peer: its label,
 * address, device.
 */
const seen = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
w=; case $(iptables --help 2>&1) in *--wait*) w=-w;; esac
now=$(iptables $w -S) || exit 1
front=$1 in=$2 out=$3; shift 3
for jump in "-A $in -j \${front}in" "-A $out -j \${front}out"; do
  printf '%s\\n' "$now" | grep -q -F -x -e "$jump" || { echo "There is no rule $jump"; exit 1; }
done
{ for word do printf '%s\\n' "$word"; done; echo; printf '%s\\n' "$now"; } | awk -v front="$front" '
  !ended && $0 == "" { ended = 1; next }
  !ended { n++; if (n % 3 == 1) label[++peers] = $0; else if (n % 3 == 2) address[peers] = $0; else device[peers] = $0; next }
  index($0, "-A " front) == 1 { there[$0] = 1 }
  END {
    for (i = 1; i <= peers; i++) {
      in_ok = ("-A " front "in-peers -s " address[i] "/32 -j " front "in-peer") in there
      out_ok = ("-A " front "out-peers -d " address[i] "/32 -j " front "out-peer") in there
      dev_ok = ("-A " front "in-devices -i " device[i] " -j ACCEPT") in there
      dev_out = ("-A " front "out-devices -o " device[i] " -j ACCEPT") in there
      if (in_ok && out_ok && dev_ok && dev_out) print label[i] " (" address[i] "): IP in IP passes inside IPsec and not outside it"
      else { print label[i] " (" address[i] "): rules are missing"; bad = 1 }
    }
    exit bad
  }'`

/** Whether the mesh's lines in \`iptables -S\` are those whose SHA-256 is $2. $1: the front of the chains. */
const asBefore = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
w=; case $(iptables --help 2>&1) in *--wait*) w=-w;; esac
now=$(iptables $w -S) || exit 1
sum=$(printf '%s\\n' "$now" | grep -F -e "$1" | sha256sum)
[ "\${sum%% *}" = "$2" ]`

/** No mesh's chain is left. $1: the front of the chains. */
const none = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
w=; case $(iptables --help 2>&1) in *--wait*) w=-w;; esac
now=$(iptables $w -S) || exit 1
if printf '%s\\n' "$now" | grep -F -e "$1"; then exit 1; fi
echo "No rule of the mesh is left."`

const programs = { setRules, seen, asBefore, none }

/** A program of iptables with its words, which stay data. */
export function iptablesProgram(name: keyof typeof programs, ...words: string[]): Argv {
  return ['sh', '-c', programs[name], 'iptables', ...words]
}
