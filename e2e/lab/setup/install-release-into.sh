#!/bin/bash
# As install-into.sh, into a tree of another release of Debian, which build-release.sh made: from the same sources, with
# the release's name replaced. Usage: install-release-into.sh ROOT SUITE PACKAGE...
set -euo pipefail
root=$1 suite=$2 setup=$(dirname "$0")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work" "$root$work"' EXIT
mkdir -p "$work/sources" "$work/lists/partial" "$root$work"

sources=$(bash "$setup/apt-sources.sh")
mapfile -t sources <<<"$sources"
for file in "${sources[@]}"; do sed "s/\bbookworm\b/$suite/g" "$file" >"$work/sources/${file##*/}"; done
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/sources";
Dir::State::lists "$work/lists";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
# The tree's own apt is started with the same environment, and keeps to its own settings.
: >"$root$work/apt.conf"
export APT_CONFIG=$work/apt.conf
apt-get -qq -o APT::Sandbox::User=root update
bash "$setup/install-into.sh" "$root" "$@"
