import type { Argv } from '@/lib/agent'
import type { RootClient } from '../server/root-client'
import type { TableName } from './desired'
import { identifierOf, isThisTable, labelOf, markOf } from './table-name'

/** Seconds that a server may take to answer: it starts while a host boots, and recovers first. */
export const ANSWER_S = 300
/** Seconds that a session which is ended may take to give up what it had copied. */
export const END_S = 110

/** Where the numbers of one table and how far its work is are kept while a change runs: gone with the next boot. */
export const progressFile = (table: TableName) => `${numbersFile(table)}.progress`
const numbersFile = (table: TableName) => `/var/run/${markOf(table)}`

// Statements go to the client's standard input alone. The session of the work holds a lock by name, which the server gives
// up with the session: so it is found by that name, whatever became of the client.
// Words: the verb, the table's name, its identifier, its condition, the lock, the file of numbers, the data directory,
// the client with its options.
const script = `verb=$1; label=$2; table=$3; where=$4; lock=$5; numbers=$6; data=$7; shift 7
TAB=$(printf '\\t')
# Words that find no room on a full disk change nothing of how it ends.
say() { echo "$1" 2>/dev/null || :; }
phase() { echo "$1" 2>/dev/null >"$numbers.phase" || :; }
ask() { sql=$1; shift; printf 'SET NAMES utf8;\\n%s\\n' "$sql" | "$@" 2>&1; }
await_server() {
  n=0
  until ask 'SELECT 1;' "$@" >/dev/null; do
    n=$((n + 1))
    [ "$n" -le ${ANSWER_S} ] || { say 'The server does not answer.'; return 1; }
    sleep 1
  done
}
engine() { ask "SELECT IFNULL(t.ENGINE, 'unknown') FROM information_schema.TABLES t WHERE $where;" "$@"; }
end_session() {
  n=0
  while :; do
    id=$(ask "SELECT IFNULL(IS_USED_LOCK('$lock'), '');" "$@") || { say "$id"; return 1; }
    [ -n "$id" ] || return 0
    [ "$n" -lt ${END_S} ] || { say "The session $id that works on $label does not end."; return 1; }
    [ "$n" -gt 0 ] || say "The session $id that works on $label is ended: the old table stays."
    ask "KILL $id;" "$@" >/dev/null
    n=$((n + 1)); sleep 1
  done
}
# The size of what is copied: the new file, or the one that all tables share.
copied() { ls -ln "$data"/*/'#sql'* "$data/ibdata1" 2>/dev/null | awk '{ sum += $5 } END { printf "%d", sum / 1024 }'; }
watch() {
  while kill -0 "$$" 2>/dev/null; do
    at=$(ask "SELECT CONCAT(IFNULL(STATE, ''), ' ' /*M!100100 , ROUND(PROGRESS, 1), ' % of stage ', STAGE, ' of ', MAX_STAGE */) FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK('$lock');" "$@")
    phase=; read -r phase 2>/dev/null <"$numbers.phase"
    say "$label: \${phase:-waiting} ($at), $(copied) KiB in new files" >"$numbers.progress"
    sleep 2
  done
}
# same BEFORE AFTER: NULL is the checksum of a table that could not be read.
same() {
  case $1 in '' | *NULL) say "$label could not be counted."; return 1 ;; esac
  [ "$1" = "$2" ] || { say "$label had $1, and has \${2:-nothing told} now."; return 1; }
  say "$label: $1, before and after."
}
# keep WHEN BEFORE: takes what the session says, line by line as it says it, writes the numbers down and compares them.
# The rest is its complaints. It holds the numbers as well, so that a full disk does not matter to the way back.
keep() {
  when=$1; before=$2; after=; rows=
  while IFS= read -r line; do
    case $line in
    "@rows$TAB"*) rows=\${line#*"$TAB"} ;;
    *"$TAB"*)
      one="rows $rows checksum \${line##*"$TAB"}"
      say "$when $one" 2>/dev/null >>"$numbers"
      if [ "$when" = before ]; then before=$one; when=after; phase copying; else after=$one; fi ;;
    @copied) phase comparing ;;
    @exit0) ;;
    @exit*) return 1 ;;
    *) say "$line" ;;
    esac
  done
  same "$before" "$after"
}
session() {
  to=$1; when=$2; before=$3; shift 3
  count="SELECT '@rows', COUNT(*) FROM $table; CHECKSUM TABLE $table EXTENDED;"
  # Values go over as they are, and never to another engine. The lock makes both numbers those of the same rows.
  {
    printf '%s\\n' "SET NAMES utf8;" "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';" \\
      "/*!50503 SET SESSION lock_wait_timeout = 60 */;" "/*M!100101 SET SESSION max_statement_time = 0 */;" \\
      "DO GET_LOCK('$lock', 10);" "LOCK TABLES $table WRITE;" "$count"
    [ "$when" = after ] || printf '%s\\n' "ALTER TABLE $table ENGINE=$to;" "SELECT '@copied';" "$count"
    printf '%s\\n' 'UNLOCK TABLES;'
  } | { "$@" --unbuffered 2>&1; echo "@exit$?"; } | keep "$when" "$before"
}
convert() {
  to=$1; from=$2; shift 2
  await_server "$@" && end_session "$@" || exit 1
  now=$(engine "$@") || { say "$now"; exit 1; }
  if [ "$now" = "$to" ]; then
    say "$label is of $to."
    # Cut short after the copy: what is missing is the second number.
    before=$(sed -n 's/^before //p' "$numbers" 2>/dev/null)
    [ -n "$before" ] && ! grep -q ^after "$numbers" || return 0
    session "$to" after "$before" "$@"
    return
  fi
  [ "$now" = "$from" ] || { say "$label is of \${now:-no} engine, and not of $from: it is left alone."; return 2; }
  rm -f "$numbers" "$numbers.phase"
  session "$to" before '' "$@" && [ "$(engine "$@")" = "$to" ]
}
clear() { rm -f "$numbers" "$numbers.phase" "$numbers.progress"; }
case $verb in
answer) await_server "$@" ;;
look)
  stands=$("$@" 2>&1) || { say "$stands"; exit 1; }
  [ -z "$stands" ] || { say "$stands"; say "$label is not converted."; exit 1; }
  now=$(engine "$@") || { say "$now"; exit 1; }
  case $now in
  MyISAM | unknown) ;;
  '') say "There is no table $label."; exit 1 ;;
  *) say "$label is of $now and not of MyISAM: leave it out."; exit 1 ;;
  esac
  # MEDIUM reads every row and checks every key's sum.
  said=$(ask "CHECK TABLE $table MEDIUM;" "$@") || { say "$said"; exit 1; }
  case $said in *"\${TAB}status\${TAB}OK") exit 0 ;; esac
  say "$said"
  say "$label is damaged, so nothing is converted. Copy its files first, then REPAIR TABLE $table: it gives up the rows that it cannot read. A backup may have them."
  exit 1 ;;
convert)
  watch "$@" </dev/null >/dev/null 2>&1 & watcher=$!
  ( convert InnoDB MyISAM "$@" ); code=$?
  kill "$watcher" 2>/dev/null
  exit "$code" ;;
back)
  # A time that is over ends the client, and the server must hear of it.
  ( convert MyISAM InnoDB "$@" ) & work=$!
  trap 'kill "$work" 2>/dev/null; end_session "$@"; exit 1' TERM
  wait "$work"; code=$?
  [ "$code" != 0 ] || clear
  # What is of neither engine was not converted here.
  [ "$code" = 2 ] && { clear; exit 0; }
  exit "$code" ;;
end) end_session "$@"; code=$?; rm -f "$numbers.progress"; exit "$code" ;;
prove)
  same "$(sed -n 's/^before //p' "$numbers")" "$(sed -n 's/^after //p' "$numbers")" || exit 1
  now=$(engine "$@"); [ "$now" = InnoDB ] || { say "$label is of $now."; exit 1; }
  clear ;;
esac
`

export type Verb = 'answer' | 'look' | 'convert' | 'back' | 'end' | 'prove'

/**
 * The command for one table: `look` takes the question for obstacles on its standard input and checks the table; `convert`
 * and `back` copy it under a lock, count it before and after, and do nothing where it is so already; `end` ends the
 * session of a copy that nobody waits for any more; `prove` compares the numbers.
 */
export function tableCommand(verb: Verb, table: TableName, client: RootClient, dataDir: string | null): Argv {
  return [
    ...([
      'sh',
      '-c',
      script,
      'pollux',
      verb,
      labelOf(table),
      identifierOf(table),
      isThisTable(table, 't'),
      markOf(table),
    ] as const),
    ...[numbersFile(table), dataDir ?? '/nonexistent'],
    ...client,
  ]
}
