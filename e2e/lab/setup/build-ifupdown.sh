#!/bin/bash
# Debian under systemd with ifupdown for its network, an arping to ask and tell neighbours with, and netplan's own tool to
# check what is written for it. Usage: build-ifupdown.sh ROOT
set -euo pipefail
root=$1
bash "$(dirname "$0")/install-into.sh" "$root" ifupdown iputils-arping netplan.io

# The lab has given the device its address already, as no boot would: ifup begins on an empty one.
mkdir -p "$root/etc/systemd/system/networking.service.d"
cat >"$root/etc/systemd/system/networking.service.d/lab.conf" <<'UNIT'
[Service]
ExecStartPre=/sbin/ip addr flush dev eth0 scope global
UNIT
