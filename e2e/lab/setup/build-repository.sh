#!/bin/bash
# The lab's own apt repository: what this machine's apt fetches, and two packages in a version one step newer than the
# hosts have, one an ordinary update, one a security update.
# Usage: build-repository.sh TARGET BASE PACKAGE...
set -euo pipefail
target=$1 base=$2
shift 2
arch=$(dpkg --print-architecture)
ordinary=$target/debian security=$target/debian-security
mkdir -p "$ordinary/pool/partial" "$security/pool"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a host lacks for these packages, dependencies included. Of its status a copy: apt locks what it reads, and another
# repository may be built beside this one.
cp "$base/var/lib/dpkg/status" "$work/status"
apt-get -qq -y --no-install-recommends --download-only -o APT::Sandbox::User=root \
  -o Dir::State::status="$work/status" -o Dir::State::extended_states=/dev/null \
  -o Dir::Cache::archives="$ordinary/pool" install "$@"
rm -rf "$ordinary/pool/partial" "$ordinary/pool/lock"

newer() {
  local name=$1 pool=$2
  (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$name")
  dpkg-deb -R "$work/$name"_*.deb "$work/tree"
  sed -i '/^Version:/s/$/+lab1/' "$work/tree/DEBIAN/control"
  dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/tree" "$pool" >/dev/null
  rm -rf "$work"/*
}
newer less "$ordinary/pool"
newer openssl "$security/pool"

index() {
  local suite=$1 dir=$2 label=$3
  cd "$dir"
  mkdir -p "dists/$suite/main/binary-$arch"
  apt-ftparchive packages pool >"dists/$suite/main/binary-$arch/Packages"
  gzip -k -n "dists/$suite/main/binary-$arch/Packages"
  apt-ftparchive -o APT::FTPArchive::Release::Origin=Debian -o APT::FTPArchive::Release::Label="$label" \
    -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
    -o APT::FTPArchive::Release::Architectures="$arch" -o APT::FTPArchive::Release::Components=main \
    release "dists/$suite" >"$dir/Release"
  mv "$dir/Release" "dists/$suite/Release"
}
index bookworm "$ordinary" Debian
index bookworm-security "$security" Debian-Security
