import type { Argv } from '@/lib/agent'

/**
 * Brings what a mesh has in nftables to a state, in one transaction, from whatever state it is in. Its input are commands of
 * nft(8); those that add to, or empty, a chain of a table that is not there are left out. Words, in any number:
 *   J FAMILY TABLE CHAIN OWN PLACE   CHAIN jumps to the mesh's chain OWN; where it does not, at that place on, from 0
 *   D FAMILY TABLE CHAIN OWN         it does not
 *   X FAMILY TABLE OWN               the mesh's chain goes
 * A rule can be taken away by its handle alone, so the handle is looked for here.
 */
export const setRules = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
tables=$(nft list tables) || exit 1
rules() { nft -a list chain "$1" "$2" "$3" 2>/dev/null; }
commands() {
  gone=
  { printf '%s\\n\\n' "$tables"; cat; } | awk '
    !ended { if ($0 == "") ended = 1; else there[$2 " " $3] = 1; next }
    /^(add|flush) (chain|rule) / && !(($3 " " $4) in there) { next }
    { print }'
  while [ $# -gt 1 ]; do
    case $1 in
      J)
        found=$(rules "$2" "$3" "$4") || found=
        if [ -z "$found" ]; then echo "There is no chain $2 $3 $4 to jump from." >&2
        elif ! printf '%s\\n' "$found" | grep -q -e "^[[:space:]]*jump $5 "; then
          count=$(printf '%s\\n' "$found" | grep '# handle [0-9]*$' | grep -v -c -e '^table ' -e '^[[:space:]]*chain ')
          place=$6; [ "$place" -le "$count" ] || place=$count
          if [ "$place" = 0 ]; then echo "insert rule $2 $3 $4 jump $5"
          else echo "add rule $2 $3 $4 index $((place - 1)) jump $5"; fi
        fi
        shift 6;;
      D)
        rules "$2" "$3" "$4" | sed -n "s/^[[:space:]]*jump $5 .*# handle \\\\([0-9]*\\\\)\\$/delete rule $2 $3 $4 handle \\\\1/p"
        shift 5;;
      X)
        if rules "$2" "$3" "$4" >/dev/null; then gone="$gone|delete chain $2 $3 $4"; fi
        shift 4;;
      *) echo "expected J, D or X, got $1" >&2; exit 1;;
    esac
  done
  printf '%s\\n' "$gone" | tr '|' '\\n'
}
body=$(commands "$@") || exit 1
printf '%s\\n' "$body" | nft -f -`

/**
 * Tells of each peer that its rules are there. Words: the mesh's table; how many chains jump, then four words for each as J
 * has them; then two a peer: its label and address.
 */
const seen = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
own=$1 jumps=$2; shift 2
while [ "$jumps" -gt 0 ]; do
  nft -a list chain "$1" "$2" "$3" | grep -q -e "^[[:space:]]*jump $4 " || { echo "$1 $2 $3 does not jump to $4"; exit 1; }
  shift 4; jumps=$((jumps - 1))
done
table=$(nft list table ip "$own") || exit 1
{ for word do printf '%s\\n' "$word"; done; echo; printf '%s\\n' "$table"; } | awk '
  !ended && $0 == "" { ended = 1; next }
  !ended { if (++n % 2) label[++peers] = $0; else address[peers] = $0; next }
  / drop/ { gsub(/[{},]/, " "); for (i = 1; i <= NF; i++) found[$i]++ }
  END {
    for (i = 1; i <= peers; i++) {
      if (found[address[i]] >= 2) print label[i] " (" address[i] "): IP in IP passes inside IPsec and not outside it"
      else { print label[i] " (" address[i] "): rules are missing"; bad = 1 }
    }
    exit bad
  }'`

const own = `printf '%s\\n' "$now" | awk -v own="$1" '
  /^table / { mine = ($3 == own) }
  /^\\tchain / { chain = ($2 == own "_in" || $2 == own "_out") }
  { is_own = mine || chain || index($0, "jump " own "_") }
  $0 == "\\t}" { chain = 0 }
  is_own && $0 != "" { sub(/ packets [0-9]+ bytes [0-9]+/, ""); print }'`

/** Whether the mesh's lines in the ruleset, but for what they counted, are those whose SHA-256 is $2. $1: the mesh's table. */
const asBefore = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
now=$(nft list ruleset) || exit 1
sum=$(${own} | sha256sum)
[ "\${sum%% *}" = "$2" ]`

/** Nothing of a mesh is left. $1: its table. */
const none = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
now=$(nft list ruleset) || exit 1
left=$(${own})
[ -z "$left" ] || { printf '%s\\n' "$left"; exit 1; }
echo "No rule of the mesh is left."`

/** Whether nft and the kernel know what the mesh's rules say: they are tried, and nothing is set. */
const tried = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
nft -c -f - || { echo 'nft or the kernel does not know these rules: nftables 0.9.1 and Linux 4.20 are the first that do.'; exit 1; }`

const programs = { setRules, seen, asBefore, none, tried }

/** A program of nft with its words, which stay data. */
export function nftProgram(name: keyof typeof programs, ...words: string[]): Argv {
  return ['sh', '-c', programs[name], 'nft', ...words]
}
