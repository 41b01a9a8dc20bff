/**
 * Takes policies away by setkey, and sets others. Words: the statements that take away, those that set; either may be empty.
 * Where something is set, it does not matter whether there was anything to take away: as an undo it may come after half a step.
 */
export const SETKEY = `set -u
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; export PATH
LC_ALL=C; export LC_ALL
if [ -z "$2" ]; then printf '%s\\n' "$1" | setkey -c; exit; fi
printf '%s\\n' "$1" | setkey -c >/dev/null 2>&1
printf '%s\\n' "$2" | setkey -c`
