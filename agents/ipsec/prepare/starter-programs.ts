/** What a preparation runs beside strongSwan's starter: POSIX sh. */
const head = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
`

/** Whether the file $1 has the line $2. */
const hasLine = `has_line() { grep -q -x -F -e "$2" "$1" 2>/dev/null; }
`

/**
 * Puts a line at the end of a file of secrets, which nobody but the host reads. A file without an end of its last line
 * stays one. Words: the file, the line.
 */
export const ADD_SECRET = `${head}${hasLine}
file=$1 line=$2
has_line "$file" "$line" && exit 0
if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then printf '\\n%s' "$line" >>"$file"
else (umask 077; printf '%s\\n' "$line" >>"$file"); fi`

/**
 * Takes the same line out again, to the byte where it is the last one; the file is replaced whole, so that a power cut
 * loses nothing of it. Words: as before.
 */
export const DROP_SECRET = `${head}${hasLine}
file=$1 line=$2
rm -f "$file.pollux"
has_line "$file" "$line" || exit 0
umask 077
length=$((\${#line} + 1))
cp -p "$file" "$file.pollux" || exit 1
if [ "$(tail -c $length "$file" | tr -d '\\n')" = "$line" ]; then head -c -$length "$file" >"$file.pollux"
else grep -v -x -F -e "$line" "$file" >"$file.pollux"; fi
sync
mv "$file.pollux" "$file"`

/** Whether the line is there, and whether it is not. Words: as before. */
export const HAS_SECRET = `${hasLine}has_line "$1" "$2"`
export const HAS_NO_SECRET = `${hasLine}! has_line "$1" "$2"`

/** Has the daemon read its files and its secrets, and sees that it knows what the compatible suite takes. */
export const READ_STARTER = `${head}
ipsec status >/dev/null 2>&1 || { echo 'strongSwan (ipsec.conf) does not run.' >&2; exit 1; }
ipsec rereadsecrets && ipsec update || exit 1
algorithms=$(ipsec listalgs 2>/dev/null)
for need in AES_CBC HMAC_SHA2_256 MODP_2048; do
  case $algorithms in
    *"$need"*) ;;
    *) echo "strongSwan has no $need here." >&2; exit 1;;
  esac
done
echo 'strongSwan runs, and knows AES, SHA-256 and MODP-2048.'`

/** The same as an undo, which nothing may stop. */
export const REREAD_STARTER = `${head}
ipsec rereadsecrets >/dev/null 2>&1
ipsec update >/dev/null 2>&1
exit 0`
