#!/bin/bash
# ifupdown in one file that somebody has grown over the years; nothing is sourced.
set -euo pipefail
root=$1
cat >"$root/etc/network/interfaces" <<CONF
auto lo
iface lo inet loopback

# uplink, port 14 of the old switch (2012-03)
auto eth0
iface eth0 inet static
  address $LAB_ADDRESS
  netmask 255.255.255.0
  gateway $LAB_GATEWAY   
  # mtu 9000 did not work

CONF
