#!/bin/bash
# networkd holds eth0.
set -euo pipefail
root=$1
cat >"$root/etc/systemd/network/10-eth0.network" <<UNIT
[Match]
Name=eth0

[Network]
Address=$LAB_ADDRESS/24
Gateway=$LAB_GATEWAY
UNIT
wants=$root/etc/systemd/system/multi-user.target.wants
mkdir -p "$wants"
ln -sf /lib/systemd/system/systemd-networkd.service "$wants/"
