// What runs on the host, for any POSIX shell. Each is safe when it ran not at all, half or fully before.

/** In a folder made by a change lies this file: only such a folder is ever removed. */
export const MARK = '.made-by-pollux'

// foreign FOLDER: names of databases that no installation brings. An empty `test` is none.
const foreign = `foreign() {
  for folder in "$1"/*/; do
    name=\${folder%/}; name=\${name##*/}
    case $name in
    '*' | mysql | performance_schema | sys | lost+found | '#'*) ;;
    test) [ -z "$(ls -A "$folder" | grep -v '^db\\.opt$')" ] || printf '%s ' "$name" ;;
    *) printf '%s ' "$name" ;;
    esac
  done
}
# in_use FOLDER: a server works in its data directory.
in_use() {
  ls -l /proc/[0-9]*/cwd 2>/dev/null | sed 's/^.* -> //' | grep -qxF "$1" || return 1
  echo "A process still works in $1."
}
`

/** Words: the package's data directory, whether it must not be there yet, the wished one or '', the folder for temporary files or ''. */
export const LOOK = `${foreign}own=$1; is_new=$2; data=$3; tmp=$4; least=$5
give_up() { echo "$1"; exit 1; }
# 0CEA is port 3306, 0A a socket that listens (proc(5)).
! grep -qE '^ *[0-9]+: [0-9A-F]+:0CEA [0-9A-F]+:[0-9A-F]{4} 0A ' /proc/net/tcp /proc/net/tcp6 2>/dev/null ||
  give_up 'Another program listens on port 3306 by now.'
[ ! -L "$own" ] || give_up "$own is a link."
if [ -n "$is_new" ]; then
  [ -z "$(ls -A "$own" 2>/dev/null)" ] || give_up "$own is there and not empty: data of an earlier server may lie in it."
else
  found=$(foreign "$own"); [ -z "$found" ] || give_up "$own holds databases: \${found% }. Start their server instead."
fi
for path in "$data" "$tmp"; do
  [ -n "$path" ] || continue
  parent=\${path%/*}; parent=\${parent:-/}
  [ -d "$parent" ] || give_up "The folder $parent is not there: make it first, or choose another."
  step=$parent
  while :; do
    case $(stat -L -c %a "$step") in *[1357]) ;; *) give_up "The server may not enter $step: other users are shut out of it." ;; esac
    [ "$step" != / ] || break
    step=\${step%/*}; step=\${step:-/}
  done
done
[ -n "$data" ] || exit 0
[ ! -e "$data" ] && [ ! -L "$data" ] || give_up "$data is there already: choose a folder that is not."
room=$(df -P -k "\${data%/*}/" 2>/dev/null | sed -n '2s/^.* \\([0-9][0-9]*\\)  *[0-9-][0-9]*% .*$/\\1/p')
[ -z "$room" ] || [ "$room" -ge "$least" ] || give_up "There is too little room for $data: $room KiB."
`

/**
 * Writes the option file from its standard input, whole. Words: the path. One that is there already is somebody else's,
 * unless it says the same.
 */
export const WRITE_OPTIONS = `path=$1
cat >"$path.pollux-new" || exit 1
if [ -e "$path" ] || [ -L "$path" ]; then
  cmp -s "$path.pollux-new" "$path"; code=$?
  rm -f "$path.pollux-new"
  [ "$code" = 0 ] || echo "$path is there already and says something else."
  exit "$code"
fi
chown 0:0 "$path.pollux-new" && chmod 644 "$path.pollux-new" && mv "$path.pollux-new" "$path"
`

/** Removes the option file if it is still as standard input has it. */
export const REMOVE_OPTIONS = `path=$1
rm -f "$path.pollux-new"
[ -e "$path" ] || { cat >/dev/null; exit 0; }
cmp -s - "$path" || { echo "$path was edited since: it stays as it is."; exit 1; }
rm "$path"
`

/**
 * Lays the fresh data directory of the package at another place, before the server's first start. It is copied beside its
 * place and then renamed, so that it is there whole or not at all; the package's own stays as the package made it.
 * Words: data, own, mark, user.
 */
export const PLACE = `${foreign}data=$1; own=$2; mark=$3; user=$4; new=$data.pollux-new
[ ! -e "$data/$mark" ] || exit 0
[ ! -e "$data" ] && [ ! -L "$data" ] || { echo "$data is there already."; exit 1; }
[ -d "$own/mysql" ] || { echo "The package made no data directory in $own."; exit 1; }
! in_use "$own" || exit 1
if [ -e "$new" ] && [ ! -e "$new/$mark" ]; then rmdir "$new" || exit 1; fi
[ -e "$new" ] || mkdir "$new" || exit 1
chmod 700 "$new" && : >"$new/$mark" && cp -a "$own/." "$new/" && chown "$user:$user" "$new" && chmod 700 "$new" && { sync -f "$new" 2>/dev/null || sync; } && mv "$new" "$data"
`

/** Removes it again, unless it holds databases by now. Words: data, mark. */
export const UNPLACE = `${foreign}data=$1; mark=$2; new=$data.pollux-new
if [ ! -e "$new" ] && [ -e "$data/$mark" ]; then
  ! in_use "$data" || exit 1
  found=$(foreign "$data")
  if [ -n "$found" ]; then
    echo "$data stays: it holds databases that the installation did not bring (\${found% })."
    exit 0
  fi
  mv "$data" "$new" || exit 1
fi
[ -e "$new" ] || exit 0
if [ -e "$new/$mark" ]; then
  # The mark goes last: what was begun can be ended by it.
  find "$new" -xdev -mindepth 1 -maxdepth 1 ! -name "$mark" -exec rm -rf --one-file-system {} + && rm "$new/$mark" || exit 1
fi
rmdir "$new"
`

/** Whether that is done: exit 0 also where databases keep it there. */
export const IS_UNPLACED = `${foreign}[ ! -e "$1.pollux-new" ] || exit 1
[ ! -e "$1/$2" ] || [ -n "$(foreign "$1")" ]
`

/**
 * Removes the anonymous accounts, root from elsewhere and the empty database `test` that older packages bring. Words: the
 * client's. Nothing is written where nothing of them is there.
 */
export const TIDY = `drops=$("$@" -e "
SELECT CONCAT('DROP USER ', QUOTE(User), '@', QUOTE(Host), ';') FROM mysql.user
  WHERE (User = '' AND Host <> '') OR (User = 'root' AND Host NOT IN ('localhost', '127.0.0.1', '::1'));
SELECT 'DROP DATABASE test;' FROM information_schema.SCHEMATA
  WHERE SCHEMA_NAME = 'test' AND (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'test') = 0;
SELECT 'DELETE FROM mysql.db WHERE User = '''' AND LEFT(Db, 4) = ''test''; FLUSH PRIVILEGES;' FROM mysql.db
  WHERE User = '' AND LEFT(Db, 4) = 'test' LIMIT 1;") || exit 1
[ -n "$drops" ] || exit 0
printf '%s\\n' "$drops"
printf '%s\\n' "$drops" | "$@"
`

/**
 * Where the kernel enforces a profile of AppArmor for the server, its local part gets the folders. Words: the folders.
 * The profile comes with the package, so nothing is known of it when the change is planned.
 */
export const ALLOW = `rules=; for folder in "$@"; do rules="$rules$folder/ rw,
$folder/** rwk,
"; done
for name in usr.sbin.mysqld usr.sbin.mariadbd mariadbd; do
  [ -e "/etc/apparmor.d/$name" ] || continue
  grep -qE '(mysqld|mariadbd) \\(enforce\\)' /sys/kernel/security/apparmor/profiles 2>/dev/null || continue
  mkdir -p /etc/apparmor.d/local; part=/etc/apparmor.d/local/$name
  [ -e "$part" ] || : >"$part"
  printf '%s' "$rules" | grep -vxFf "$part" | cat "$part" - >"$part.pollux-new"
  mv "$part.pollux-new" "$part" && apparmor_parser -r "/etc/apparmor.d/$name" || exit 1
done
`

/** Takes exactly those lines out again. */
export const DISALLOW = `rules=; for folder in "$@"; do rules="$rules$folder/ rw,
$folder/** rwk,
"; done
for name in usr.sbin.mysqld usr.sbin.mariadbd mariadbd; do
  part=/etc/apparmor.d/local/$name
  [ -e "$part" ] || continue
  case $(cat "$part") in *"$1/ rw,"*) ;; *) continue ;; esac
  printf '%s' "$rules" >"$part.pollux-rules"
  grep -vxFf "$part.pollux-rules" "$part" >"$part.pollux-new"
  rm "$part.pollux-rules"; mv "$part.pollux-new" "$part" && apparmor_parser -r "/etc/apparmor.d/$name" || exit 1
done
`
