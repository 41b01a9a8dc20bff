import type { Argv } from '@/lib/agent'
import { GRANTS_IN_ORDER, type Grant, grantStatement, linesOf } from './grant'
import { ACCOUNT, LOGIN } from './name'
import { HEAD } from './option-file'

/** Seconds that a server may take to answer where an account is taken away: it may be starting. */
export const PATIENCE_S = 120

// An administrator's name and password come on standard input, as an option file, and go to the client through a pipe: they
// are no program's words and stand in no file. The account's password is drawn here, and never leaves the host.
// Words: the verb, the option file, the statements that give the rights, the question for the rights and its answer with them,
// the client with its options but for who asks.
const script = `export LC_ALL=C; umask 077
verb=$1; file=$2; grants=$3; question=$4; want=$5; client=$6; shift 6
folder=\${file%/*}; staged=$folder/.new-\${file##*/}
given=$(cat)
NL='
'
ask() {
  case $door in
  root) "$client" --no-defaults --user=root "$@" ;;
  given) "$client" --defaults-file=/dev/fd/3 "$@" 3<<END
$given
END
    ;;
  own) "$client" "--defaults-file=$by" "$@" ;;
  *) "$client" "--defaults-file=$door" "$@" ;;
  esac
}
# find_door SECONDS: who is let in as an administrator. A server that does not answer is waited for.
find_door() {
  patience=$1; shift; n=0
  while :; do
    refused=; down=
    for door in root given /root/.my.cnf /etc/mysql/debian.cnf; do
      case $door in
      root) ;;
      given) [ -n "$given" ] || continue ;;
      *) [ -r "$door" ] || continue ;;
      esac
      said=$(echo 'SELECT 1;' | ask "$@" 2>&1) && return 0
      case $said in *'ERROR 2002'* | *'ERROR 2003'* | *'ERROR 2013'*) down=1; refused=$said; break ;; esac
      refused=$refused$said$NL
    done
    [ -n "$down" ] && [ "$n" -lt "$patience" ] || break
    n=$((n + 1)); sleep 1
  done
  [ -n "$down" ] || echo 'The server lets no administrator in that Pollux could be. Type one, or put one into /root/.my.cnf.'
  printf '%s\\n' "$refused"
  return 1
}
lets_in() {
  keep=$door; door=own; by=$1; shift
  echo 'SELECT 1;' | ask "$@" >/dev/null 2>&1; code=$?
  door=$keep
  return "$code"
}
count() { echo "SELECT COUNT(*) FROM mysql.user WHERE User = '${LOGIN}' AND Host = 'localhost';" | ask "$@" 2>&1; }
# Of no use to replicas and in no log: the account and its password are this server's alone.
quiet="SET SESSION sql_mode = '';
SET SESSION sql_log_off = 1;
SET SESSION sql_log_bin = 0;"
create() {
  ask "$@" <<END
$quiet
CREATE USER ${ACCOUNT} IDENTIFIED BY '$password';
$grants
END
}
change() {
  ask "$@" <<END
$quiet
REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${ACCOUNT};
$grants
END
}
remove() {
  ask "$@" <<END
$quiet
DROP USER ${ACCOUNT};
END
}
must() { said=$("$@" 2>&1) || { printf '%s\\n' "$said"; exit 1; }; }
case $verb in
look)
  find_door 0 "$@" || exit 1
  there=$(count "$@") || { printf '%s\\n' "$there"; exit 1; }
  [ "$there" = 0 ] || { echo "There is an account ${ACCOUNT} already that Pollux did not make, or can no longer use: it is left alone."; exit 1; } ;;
make)
  # Taken back without an administrator, what was never taken away is there.
  if [ -e "$file" ] && lets_in "$file" "$@"; then exit 0; fi
  find_door "${PATIENCE_S}" "$@" || exit 1
  if [ -e "$file" ] && lets_in "$file" "$@"; then exit 0; fi
  [ -d "$folder" ] || { mkdir -p "$folder" && chmod 700 "$folder"; } || exit 1
  # A capital, a small letter, a sign and digits, as rules for passwords want them, and 192 bits.
  drawn=$(dd if=/dev/urandom bs=24 count=1 2>/dev/null | od -An -tx1 | tr -d ' \\n')
  [ "\${#drawn}" = 48 ] || { echo 'No password could be drawn.'; exit 1; }
  password=Px-$drawn
  cat >"$staged" <<END || exit 1
${HEAD}password="$password"
END
  sync
  must create "$@"
  mv -f "$staged" "$file" || exit 1
  sync ;;
change)
  door=own; by=$file
  [ "$(echo "$question;" | ask "$@" 2>/dev/null)" != "$want" ] || exit 0
  find_door "${PATIENCE_S}" "$@" || exit 1
  must change "$@" ;;
unmake)
  [ -e "$file" ] || [ -e "$staged" ] || exit 0
  find_door "${PATIENCE_S}" "$@" || exit 1
  there=$(count "$@") || { printf '%s\\n' "$there"; exit 1; }
  if [ "$there" != 0 ]; then
    # Cut short between the two, only the password tells whose account it is.
    if [ -e "$file" ] || lets_in "$staged" "$@"; then must remove "$@"
    else echo "The account ${ACCOUNT} is not the one of this change: it is left alone."; fi
  fi
  rm -f "$file" "$staged" || exit 1
  rmdir "$folder" 2>/dev/null
  sync ;;
esac
`

export type Verb = 'look' | 'make' | 'change' | 'unmake'

/**
 * The command for one verb: `look` sees that there is no such account, `make` makes it and its option file, `change` gives it
 * these rights and no others, `unmake` takes both away. Each may be run again after it was cut short. On standard input it takes
 * an option file with an administrator; empty where root is let in without one.
 *
 * `client` are the client's words behind those that say who asks.
 */
export function accountCommand(
  verb: Verb,
  { file, grants, client }: { file: string; grants: readonly Grant[]; client: Argv },
): Argv {
  const statements = grants.flatMap(grantStatement).join('\n')
  return ['sh', '-c', script, 'pollux', verb, file, statements, GRANTS_IN_ORDER, linesOf(grants), ...client]
}
