#!/bin/bash
# Installs Debian packages into a tree: this machine's apt fetches them (its sources, keys and proxies), the tree's own
# apt installs the files. Neither starts a service.
# Usage: install-into.sh ROOT PACKAGE... ("PACKAGE-" removes one, as with apt-get install)
set -euo pipefail
root=$1
shift
debs=$root/var/cache/apt/archives
mkdir -p "$debs/partial"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

# The machine's lists, the tree's status: what the tree lacks, no more. Only fetching: the machine's dpkg hooks stay out.
apt-get -qq -y --no-install-recommends --allow-remove-essential --download-only -o APT::Sandbox::User=root \
  -o Dir::State::status="$root/var/lib/dpkg/status" -o Dir::State::extended_states="$root/var/lib/apt/extended_states" \
  -o Dir::Cache::archives="$debs" install "$@"

removals=()
for name in "$@"; do
  case $name in *-) removals+=("$name") ;; esac
done
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
chroot "$root" sh -c 'apt-get -qq -y --no-install-recommends --allow-remove-essential -o Dpkg::Use-Pty=0 \
  install /var/cache/apt/archives/*.deb "$@"' sh "${removals[@]}"
rm -f "$debs"/*.deb "$root/usr/sbin/policy-rc.d"
