#!/bin/bash
# Bacula with an empty catalog: director, storage daemon, file daemon and console on one host.
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
# dma is the smallest of those who take the mail that Bacula's packages want to send.
read -ra packages <<<"$(catalog_packages) bacula-director bacula-sd bacula-fd bacula-console libfaketime"
if [ -n "$suite" ]; then
  bash "$setup/install-release-into.sh" "$root" "$suite" "${packages[@]}"
else
  bash "$setup/install-into.sh" "$root" "${packages[@]}" dma
fi

resource=$(catalog_resource)
for file in bacula-dir bacula-sd bacula-fd bconsole bconsole-restricted; do
  sed "s/\bHOST\b/$host/; s/\bADDRESS\b/$address/; s/\bCATALOG\b/$resource/" "$setup/bacula/$file.conf" |
    install -m 640 /dev/stdin "$root/etc/bacula/$file.conf"
  chroot "$root" chown root:bacula "/etc/bacula/$file.conf"
done

start_catalog
create_catalog
stop_catalog
