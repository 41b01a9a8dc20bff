#!/bin/bash
# The Debian 12 tree that every host but the NAS stands on, made from this machine's own apt sources.
# Usage: build-base.sh TARGET (a directory that does not exist yet)
set -euo pipefail
target=$1
packages=systemd-sysv,dbus,udev,openssh-server,iproute2,iputils-ping,procps,kmod,netbase,ca-certificates,less,nftables
packages+=,iptables,openssl,e2fsprogs,sudo,posh,python3,cron,rsyslog,bash

sources=$(bash "$(dirname "$0")/apt-sources.sh")
mapfile -t sources <<<"$sources"

mmdebstrap --variant=minbase --mode=root --aptopt='APT::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --include="$packages" bookworm "$target" "${sources[@]}"

# The hosts know the lab's own repository only.
rm -f "$target"/etc/apt/sources.list "$target"/etc/apt/sources.list.d/* "$target"/etc/ssh/ssh_host_*
