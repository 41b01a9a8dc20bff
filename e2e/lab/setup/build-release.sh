#!/bin/bash
# A small tree of another release of Debian, with Postfix as its package leaves it. It comes from where this machine's
# own apt sources point, with the release's name in place of Debian 12's.
# Usage: build-release.sh TARGET SUITE PACKAGE...; exits with 77 and one sentence when a suite is not to be had there.
set -euo pipefail
target=$1 suite=$2 setup=$(dirname "$0")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sources=$(bash "$setup/apt-sources.sh")
mapfile -t sources <<<"$sources"
mkdir -p "$work/sources" "$work/lists/partial"
for file in "${sources[@]}"; do sed "s/\bbookworm\b/$suite/g" "$file" >"$work/sources/${file##*/}"; done

# Asked before the long build, so that "not there" and "went wrong" can be told apart.
apt=(-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/sources" -o Dir::State::lists="$work/lists")
wanted=$(apt-get "${apt[@]}" --print-uris update | sed -n "s#^'\([^']*/InRelease\)'.*#\1#p")
for uri in $wanted; do
  /usr/lib/apt/apt-helper -o Acquire::Retries=1 -o Acquire::http::Timeout=15 -o Acquire::https::Timeout=15 \
    download-file "$uri" "$work/InRelease" >/dev/null 2>&1 && continue
  from=${uri%/InRelease}
  printf 'The mirror of this machine'\''s apt does not answer for the suite %s.\n' "${from#*/dists/}" >&2
  exit 77
done

# Hooks of mmdebstrap run in a shell with the tree as their first argument.
export LAB_SETUP=$setup
unshare --uts bash -c 'hostname host && exec "$@"' bash \
  mmdebstrap --variant=minbase --mode=root --aptopt='APT::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --essential-hook='bash "$LAB_SETUP/preseed-postfix.sh" "$1"' \
  --include="$(IFS=,; printf %s "postfix,$*")" "$suite" "$target" "$work"/sources/*

rm -f "$target"/etc/apt/sources.list "$target"/etc/apt/sources.list.d/* "$target"/etc/ssh/ssh_host_*
