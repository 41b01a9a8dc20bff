#!/bin/bash
# Bacula with a past (bacula/past.sh): director, storage daemon, file daemon, console and catalog on one host.
# Usage: build-bacula.sh ROOT mariadb|postgresql|sqlite HOST ADDRESS ZONE [SUITE] (Debian 12, unless told)
set -euo pipefail
root=$1 database=$2 host=$3 address=$4 zone=$5 suite=${6:-} setup=$(dirname "$0")
# shellcheck source=bacula/catalog.sh
. "$setup/bacula/catalog.sh"
mount -t tmpfs -o mode=755 run "$root/run"
mkdir "$root/dev/shm"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"

ln -sf "/usr/share/zoneinfo/$zone" "$root/etc/localtime"
echo "$zone" >"$root/etc/timezone"

prepare_catalog
read -ra packages <<<"$(catalog_packages) bacula-director bacula-sd bacula-fd bacula-console libfaketime"
if [ -n "$suite" ]; then
  bash "$setup/install-release-into.sh" "$root" "$suite" "${packages[@]}"
else
  # Bacula's packages want a program that takes mail: this is the smallest.
  bash "$setup/install-into.sh" "$root" "${packages[@]}" dma
fi

install -m 755 "$setup/bacula/lab-slow" "$root/usr/local/sbin/"
# A cancelled job reads what such a program complains of to its end, while the program waits for somebody to read the rest.
slow=$(printf 'Plugin = "bpipe:/slow/part-%s:exec lab-slow 2>\/dev\/null:false"\\n    ' {01..40})
resource=$(catalog_resource)
for file in bacula-dir bacula-sd bacula-fd bconsole bconsole-restricted; do
  sed "s/\bHOST\b/$host/; s/\bADDRESS\b/$address/; s/\bCATALOG\b/$resource/; s#^ *SLOW\$#    ${slow%\\*}#" \
    "$setup/bacula/$file.conf" | install -m 640 /dev/stdin "$root/etc/bacula/$file.conf"
  chroot "$root" chown root:bacula "/etc/bacula/$file.conf"
done

# The tree of another release has Postfix, which this host does without.
[ ! -d "$root/etc/postfix" ] || chroot "$root" systemctl --quiet disable postfix.service

# Everything that past.sh starts ends with it.
unshare --net --pid --fork --kill-child bash "$setup/bacula/past.sh" "$root" "$database" "$host" "$address"
chroot "$root" dpkg --purge libfaketime
rm -f "$root"/var/cache/apt/*.bin
