#!/bin/bash
# A member of a mesh: ifupdown holds its network, under systemd. No disks that lie in its memory.
set -euo pipefail
root=$1
printf '#!/bin/sh\n' >"$root/usr/local/sbin/lab-disks"

rm -f "$root/etc/systemd/network/$LAB_DEVICE.network"
chroot "$root" systemctl --quiet disable systemd-networkd.service
cat >"$root/etc/network/interfaces" <<CONF
# This file describes the network interfaces available on your system
# and how to activate them. For more information, see interfaces(5).

source /etc/network/interfaces.d/*

# The loopback network interface
auto lo
iface lo inet loopback

# The primary network interface
auto $LAB_DEVICE
iface $LAB_DEVICE inet static
	address $LAB_ADDRESS/24
	gateway $LAB_GATEWAY
CONF
mkdir -p "$root/etc/network/interfaces.d"
