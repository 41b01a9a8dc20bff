import type { Argv } from '@/lib/agent'
import type { ServerClient } from '../server/root-client'
import type { TableName } from './desired'
import { identifierOf, isInSchema, isThisTable, labelOf, markOf, schemaOf } from './table-name'

/** Seconds that a server may take to answer: it starts while a host boots, and recovers first. */
export const ANSWER_S = 300
/** Seconds that a session which is ended may take to give up what it had copied. */
export const END_S = 110

/** Where the numbers of one table and how far its work is are kept while a change runs: gone with the next boot. */
export const progressFile = (table: TableName) => `/var/run/${markOf(table)}.progress`

// Three tables stand beside the one that is converted, under names of their own: `part` is being filled, `new` is whole
// and was compared, `old` is what was replaced. While the table stands, `part` and `new` are copies that nobody needs;
// `old` goes only when all that is in it is in the table.
//
// Statements go to the client's standard input alone. The two sessions of the work hold locks by name, which the server
// gives up with the session: so they are found by that name, whatever became of the client.
// Words: the verb, the table's label, its database and its whole identifier, the conditions for both, the names' common
// beginning, the data directory, the client with its options.
const script = `verb=$1; label=$2; schema=$3; table=$4; in_schema=$5; where=$6; base=$7; data=$8; shift 8
part=$schema.\${base}_part; new=$schema.\${base}_new; old=$schema.\${base}_old
numbers=/var/run/$base
TAB=$(printf '\\t')
# Values go over as they are, never to another engine, and to no other server.
settings="SET NAMES utf8;
SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', sql_log_bin = 0;
SET SESSION group_concat_max_len = 1048576;
/*!50503 SET SESSION lock_wait_timeout = 60 */;
/*!80003 SET SESSION information_schema_stats_expiry = 0 */;
/*M!100101 SET SESSION max_statement_time = 0 */;
/*M!100201 SET SESSION check_constraint_checks = 0 */;"
# Words that find no room on a full disk change nothing of how it ends.
say() { echo "$1" 2>/dev/null || :; }
phase() { echo "$1" 2>/dev/null >"$numbers.phase" || :; }
ask() { sql=$1; shift; printf '%s\\n' "$settings" "$sql" | "$@" 2>&1; }
must() { said=$(ask "$@") || { say "$said"; return 1; }; }
await_server() {
  n=0
  until ask 'SELECT 1;' "$@" >/dev/null; do
    n=$((n + 1))
    [ "$n" -le ${ANSWER_S} ] || { say 'The server does not answer.'; return 1; }
    sleep 1
  done
}
engine() { ask "SELECT IFNULL(t.ENGINE, 'unknown') FROM information_schema.TABLES t WHERE $where;" "$@"; }
# Which of the three stand: new before old before part.
beside() { ask "SELECT IFNULL(GROUP_CONCAT(t.TABLE_NAME ORDER BY t.TABLE_NAME), '') FROM information_schema.TABLES t WHERE $in_schema AND t.TABLE_NAME IN ('\${base}_part', '\${base}_new', '\${base}_old');" "$@"; }
end_sessions() {
  for lock in "$base.swap" "$base"; do
    n=0
    while :; do
      id=$(ask "SELECT IFNULL(IS_USED_LOCK('$lock'), '');" "$@") || { say "$id"; return 1; }
      [ -n "$id" ] || break
      [ "$verb" != end ] || [ "$n" -lt ${END_S} ] || { say "The session $id that works on $label does not end."; return 1; }
      [ "$n" -gt 0 ] || say "The session $id that works on $label is ended: the old table stays."
      ask "KILL $id;" "$@" >/dev/null
      n=$((n + 1)); sleep 1
    done
  done
}
# What a crash or a kill left. A server before MariaDB 10.6 or MySQL 8.0 that goes down between the two halves of a rename
# leaves the table under its hidden name.
settle() {
  await_server "$@" && end_sessions "$@" || return 1
  now=$(engine "$@") || { say "$now"; return 1; }
  stand=$(beside "$@") || { say "$stand"; return 1; }
  case "$now,$stand" in
  ,*_old*) say "$label was being replaced: it has its name again."; must "RENAME TABLE $old TO $table;" "$@" || return 1 ;;
  *_new,*_old*) say "$label, $new and $old stand beside each other, so that nothing is dropped: look which one is wanted."; return 1 ;;
  esac
  must "DROP TABLE IF EXISTS $part, $new;" "$@"
}
# hear: the next line of what a client says; where it complains, the one that says of what.
hear() {
  IFS= read -r line || return 1
  case $line in -----*) while IFS= read -r line; do case $line in ERROR*) break ;; esac; done ;; esac
  printf '%s\\n' "$line"
  case $line in ERROR* | @exit*) return 1 ;; esac
}
count_of() { printf '%s\\n' "SELECT '@rows', COUNT(*) FROM $1; CHECKSUM TABLE $1 EXTENDED;"; }
# What comes of it, in words. NULL is the checksum of a table that could not be read.
counted() {
  rows=$(hear); case $rows in "@rows$TAB"*) ;; *) echo "$rows"; return 1 ;; esac
  sum=$(hear); case $sum in *"$TAB"NULL | ERROR* | '') echo "$sum"; return 1 ;; esac
  echo "rows \${rows##*"$TAB"} checksum \${sum##*"$TAB"}"
}
# Without a lock MariaDB leaves generated columns of InnoDB's out of the checksum.
count() { of=$1; shift; ask "LOCK TABLES $of WRITE; $(count_of "$of")" "$@" | counted; }
# drop_old: it is as it was counted when it was replaced, or the same as the table is now.
drop_old() {
  stand=$(beside "$@") || { say "$stand"; return 1; }
  case $stand in *_old*) ;; *) return 0 ;; esac
  is=$(count "$old" "$@") || { say "$is"; return 1; }
  [ "$is" = "$(cat "$numbers" 2>/dev/null)" ] || [ "$is" = "$(count "$table" "$@")" ] || {
    say "$old has $is, which $label may lack: it is kept."; return 1; }
  must "DROP TABLE $old;" "$@"
}
# One session does the work: statements go to it by descriptor 3, and what it says is read line by line.
tell() { printf '%s\\n' "$@" >&3 2>/dev/null; }
definition() { tell "SHOW CREATE TABLE $table;"; hear | sed 's/ AUTO_INCREMENT=[0-9]*//'; }
count_here() { tell "$(count_of "$1")"; counted; }
fill() {
  columns=$(ask "SELECT GROUP_CONCAT(CHAR(96 USING utf8), REPLACE(t.COLUMN_NAME, CHAR(96 USING utf8), REPEAT(CHAR(96 USING utf8), 2)), CHAR(96 USING utf8) ORDER BY t.ORDINAL_POSITION) FROM information_schema.COLUMNS t WHERE $where AND t.EXTRA NOT REGEXP '^(VIRTUAL|STORED|PERSISTENT)';" "$@") || { say "$columns"; return 1; }
  case $columns in NULL | *\\\\*) say "$label has a column whose name has a backslash or a control character."; return 1 ;; esac
  tell "SELECT IFNULL(MAX(t.AUTO_INCREMENT), 0) FROM information_schema.TABLES t WHERE $where;"
  next_id=$(hear) || { say "$next_id"; return 1; }
  [ "$next_id" = 0 ] || tell "ALTER TABLE $part AUTO_INCREMENT = $next_id;"
  phase copying
  tell "INSERT INTO $part ($columns) SELECT $columns FROM $table;" "CHECK TABLE $part QUICK;"
  while checked=$(hear); do case $checked in *"\${TAB}status\${TAB}"*) break ;; esac; done
  case $checked in *"\${TAB}status\${TAB}OK") ;; *) say "$checked"; return 1 ;; esac
}
# A second session renames both tables in one statement. It waits for the lock of the first, ahead of all who want to
# write, and only then the first lets go: whoever waits finds the new table, and nobody writes to the old one any more.
swap() {
  ( ask "DO GET_LOCK('$base.swap', 10); RENAME TABLE $table TO $old, $new TO $table;" "$@" ) 3>&- & renaming=$!
  n=0
  until [ "$(ask "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK('$base.swap') AND INFO LIKE 'RENAME %' AND STATE = 'Waiting for table metadata lock';" "$@")" = 1 ]; do
    kill -0 "$renaming" 2>/dev/null || break
    n=$((n + 1)); [ "$n" -lt 20 ] || sleep 1
  done
  tell 'UNLOCK TABLES;'
  wait "$renaming"
}
# conduct NEXT TO: fills and compares the table that takes the place, or compares one that is whole; 3 where it differs.
conduct() {
  next=$1; to=$2; shift 2
  trap '' PIPE
  tell "$settings" "DO GET_LOCK('$base', 10);"
  if [ "$next" = "$part" ]; then
    made=$(definition)
    tell "CREATE TABLE $part LIKE $table;" "ALTER TABLE $part ENGINE=$to;"
  fi
  tell "LOCK TABLES $table WRITE, $next WRITE;"
  phase counting
  before=$(count_here "$table") || { say "$before"; return 1; }
  ties=$(ask "SELECT COUNT(*) FROM (SELECT k.TABLE_SCHEMA, k.TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE k WHERE k.REFERENCED_TABLE_NAME IS NOT NULL UNION ALL SELECT k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE k WHERE k.REFERENCED_TABLE_NAME IS NOT NULL UNION ALL SELECT g.EVENT_OBJECT_SCHEMA, g.EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS g) t WHERE $where;" "$@")
  [ "$ties" = 0 ] || { say "$label has triggers or foreign keys ($ties), which would stay with the table that is replaced."; return 1; }
  if [ "$next" = "$part" ]; then
    [ "$(definition)" = "$made" ] || { say "$label was altered meanwhile."; return 1; }
    fill "$@" || return 1
  fi
  phase comparing
  after=$(count_here "$next") || { say "$after"; return 1; }
  [ "$before" = "$after" ] || { say "$label has $before, and $next has $after."; return 3; }
  say "$label: $before, in both tables."
  { echo "$before" >"$numbers"; } 2>/dev/null || :
  phase replacing
  tell "ALTER TABLE $next RENAME TO $new;" "SELECT '@renamed';"
  renamed=$(hear) || { say "$renamed"; return 1; }
  swap "$@"
}
# replace NEXT TO: what there is to say is said when the copy is gone that may have filled the disk.
replace() {
  next=$1; to=$2; shift 2
  rm -f "$numbers.in" "$numbers.phase"
  mkfifo "$numbers.in" || return 1
  told=$({ "$@" --unbuffered <"$numbers.in" 2>&1; echo "@exit$?"; } | {
    exec 3>"$numbers.in"
    rm -f "$numbers.in"
    conduct "$next" "$to" "$@"; code=$?
    exec 3>&-
    cat >/dev/null
    exit "$code"
  })
  code=$?
  [ "$code" = 0 ] && [ "$(engine "$@")" = "$to" ] && { say "$told"; return; }
  must "DROP TABLE IF EXISTS $part;" "$@"
  say "$told"
  [ "$code" = 3 ] || code=1
  return "$code"
}
left_alone() { say "$label is of \${now:-no} engine: it is left alone."; return 2; }
convert() {
  settle "$@" || return 1
  now=$(engine "$@")
  case $now in
  InnoDB) say "$label is of InnoDB." ;;
  MyISAM) drop_old "$@" && rm -f "$numbers" && replace "$part" InnoDB "$@" ;;
  *) left_alone ;;
  esac
}
# Back to the table that was replaced, where nobody wrote since. Where somebody did, those rows are copied.
back() {
  settle "$@" || return 1
  now=$(engine "$@"); stand=$(beside "$@")
  case $now,$stand in
  MyISAM,*) ;;
  InnoDB,*_old)
    replace "$old" MyISAM "$@"
    case $? in
    0) ;;
    3) # After a reboot nobody knows the numbers any more.
      if [ -s "$numbers" ]; then drop_old "$@"; else must "DROP TABLE $old;" "$@"; fi && replace "$part" MyISAM "$@" || return 1 ;;
    *) return 1 ;;
    esac ;;
  InnoDB,) replace "$part" MyISAM "$@" || return 1 ;;
  *) left_alone; return ;;
  esac
  drop_old "$@"
}
# The size of what is copied: the new file, or the one that all tables share.
copied() { ls -ln "$data"/*/"$base"_part.* "$data/ibdata1" 2>/dev/null | awk '{ sum += $5 } END { printf "%d", sum / 1024 }'; }
watch() {
  while kill -0 "$$" 2>/dev/null; do
    at=$(ask "SELECT IFNULL(STATE, '') FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK('$base');" "$@")
    phase=; read -r phase 2>/dev/null <"$numbers.phase"
    say "$label: \${phase:-waiting} ($at), $(copied) KiB in new files" >"$numbers.progress"
    sleep 2
  done
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
  case $said in *"\${TAB}status\${TAB}OK") ;; *)
    say "$said"
    say "$label is damaged, so nothing is converted. Copy its files first, then REPAIR TABLE $table: it gives up the rows that it cannot read. A backup may have them."
    exit 1 ;;
  esac
  case $(ask "SHOW CREATE TABLE $table;" "$@") in *" DIRECTORY='"*)
    say "$label has its files in a directory of its own, which no copy would have."
    exit 1 ;;
  esac ;;
convert | back)
  watch "$@" </dev/null >/dev/null 2>&1 & watcher=$!
  ( "$verb" "$@" ) & work=$!
  # A time that is over ends the client, and the server must hear of it.
  trap 'kill "$watcher" "$work" 2>/dev/null; end_sessions "$@"; exit 1' TERM
  wait "$work"; code=$?
  kill "$watcher" 2>/dev/null
  # What is of neither engine was not converted here.
  case $verb$code in back0 | back2) clear; exit 0 ;; esac
  exit "$code" ;;
end) end_sessions "$@"; code=$?; rm -f "$numbers.progress"; exit "$code" ;;
prove)
  now=$(engine "$@"); [ "$now" = InnoDB ] || { say "$label is of $now."; exit 1; }
  [ -s "$numbers" ] || { say "$label was not counted."; exit 1; }
  say "$label: $(cat "$numbers"), before and after." ;;
finish)
  now=$(engine "$@"); [ "$now" = InnoDB ] || { say "$label is of $now."; exit 1; }
  drop_old "$@" && clear ;;
esac
`

export type Verb = 'answer' | 'look' | 'convert' | 'back' | 'end' | 'prove' | 'finish'

/**
 * The command for one table: `look` takes the question for obstacles on its standard input and checks the table; `convert`
 * makes a copy of it under a lock, compares both and has the copy take its name, and `back` does the way back; both do
 * nothing where it is so already; `end` ends the sessions of a copy that nobody waits for any more; `prove` tells the
 * numbers; `finish` drops what was replaced.
 */
export function tableCommand(verb: Verb, table: TableName, client: ServerClient, dataDir: string | null): Argv {
  return [
    ...(['sh', '-c', script, 'pollux', verb, labelOf(table), schemaOf(table), identifierOf(table)] as const),
    ...[isInSchema(table, 't'), isThisTable(table, 't'), markOf(table), dataDir ?? '/nonexistent'],
    ...client,
  ]
}
