#!/bin/bash
# MariaDB as Debian's package leaves it, with databases as a server has them after some years, and an account of their
# application (mariadb/fill.sh). Usage: build-mariadb.sh ROOT USER PASSWORD [SUITE] (Debian 12, unless told)
set -euo pipefail
root=$1 user=$2 password=$3 suite=${4:-} setup=$(dirname "$0")
mount -t tmpfs -o mode=755 run "$root/run"
mkdir "$root/dev/shm"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"

if [ -n "$suite" ]; then
  bash "$setup/install-release-into.sh" "$root" "$suite" mariadb-server
else
  bash "$setup/install-into.sh" "$root" mariadb-server
fi
# The tree of another release has Postfix, which this host does without.
[ ! -d "$root/etc/postfix" ] || chroot "$root" systemctl --quiet disable postfix.service
rm -f "$root"/var/cache/apt/*.bin

# Everything that fill.sh starts ends with it.
unshare --pid --fork --kill-child bash "$setup/mariadb/fill.sh" "$root" "$user" "$password"
