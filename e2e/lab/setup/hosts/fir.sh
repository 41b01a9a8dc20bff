#!/bin/bash
# ifupdown as Debian's installer leaves it, with a file of its own for one thing.
set -euo pipefail
root=$1
cat >"$root/etc/network/interfaces" <<CONF
# This file describes the network interfaces available on your system
# and how to activate them. For more information, see interfaces(5).

source /etc/network/interfaces.d/*

# The loopback network interface
auto lo
iface lo inet loopback

# The primary network interface
auto eth0
iface eth0 inet static
	address $LAB_ADDRESS/24
	gateway $LAB_GATEWAY
CONF
mkdir -p "$root/etc/network/interfaces.d"
