#!/bin/bash
# Databases in a tree that has MariaDB, and an account for them; no server runs when it ends.
# Usage: fill.sh ROOT USER PASSWORD, as process 1 of its namespace
set -euo pipefail
root=$1 user=$2 password=$3 setup=$(dirname "$0")
mount -t proc proc "$root/proc"

# Without a port: other trees are built at the same time. Nothing of it is synced to the disk: a build that is cut short
# starts anew.
start() {
  install -d -o "$(stat -c %u "$root/var/lib/mysql")" "$root/run/mysqld"
  chroot "$root" mariadbd --user=mysql --skip-networking --innodb-flush-log-at-trx-commit=0 "$@" </dev/null &
  server=$!
  until chroot "$root" mariadb-admin --silent ping 2>/dev/null; do
    kill -0 "$server" || return
    sleep 0.1
  done
}

stop() {
  chroot "$root" mariadb-admin shutdown
  wait "$server"
}

# A small redo log while the tables are filled: the next start makes one of the package's size, and it is empty. Copied
# with holes it takes a host no memory.
start --innodb-log-file-size=4M
# As after the package's first start: the later ones find nothing to do.
chroot "$root" mariadb-upgrade --silent
for file in shop old; do chroot "$root" mariadb <"$setup/$file.sql"; done
chroot "$root" mariadb -e "CREATE USER '$user'@localhost IDENTIFIED BY '$password';
  GRANT ALL ON shop.* TO '$user'@localhost; GRANT ALL ON old.* TO '$user'@localhost"
stop
start
stop
log=$root/var/lib/mysql/ib_logfile0
cp -p --sparse=always "$log" "$log.sparse"
mv "$log.sparse" "$log"

# Each index ends behind its header. A server opens `damaged` and only CHECK TABLE sees it; then it mends it by itself.
# Of `crashed` some rows are gone as well: the server's own repair refuses to lose them, so it stays as it is.
old=$root/var/lib/mysql/old
truncate -s 2048 "$old/damaged.MYI" "$old/crashed.MYI"
dd if=/dev/zero of="$old/crashed.MYD" bs=1 seek=$(($(stat -c %s "$old/crashed.MYD") / 2)) count=400 conv=notrunc status=none
if chroot "$root" myisamchk --silent --check --update-state /var/lib/mysql/old/crashed; then exit 1; fi
