#!/bin/bash
# Gives a mail host its name, its name server and its network. The failover IPs of one mail host are reached by the
# others directly: the documentation ranges lie on the link (routes at boot), since the gateway forwards nothing.
# Its own address of IPv6 is 2001:db8:77::N, N as in 10.77.0.N. Usage: mail-host.sh ROOT FQDN ifupdown|networkd
# Environment: prepare.sh's
set -euo pipefail
root=$1 name=$2 network=$3
address6=2001:db8:77::${LAB_ADDRESS##*.}
ranges='192.0.2.0/24 198.51.100.0/24 203.0.113.0/24'
range6=2001:db8::/32

printf '127.0.0.1 localhost\n%s %s %s\n' "$LAB_ADDRESS" "$name" "$LAB_HOST" >"$root/etc/hosts"
printf 'nameserver 10.77.0.33\noptions timeout:1 attempts:1\n' >"$root/etc/resolv.conf"

# The tree was made for a host called host.example.org, in the package's own way.
printf '%s\n' "$name" >"$root/etc/mailname"
for file in postfix/main.cf exim4/update-exim4.conf.conf; do
  [ ! -f "$root/etc/$file" ] || sed -i "s/\bhost\.example\.org\b/$name/g" "$root/etc/$file"
done
sed -i "s/\bhost\.example\.org\b/$name/g" "$root/var/cache/debconf/config.dat"

ifupdown() {
  cat <<CONF
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
  for range in $ranges; do printf '\tup ip route replace %s dev eth0\n' "$range"; done
  # Nobody else has this address: waiting for the kernel's look for duplicates would only make the boot longer.
  printf '\niface eth0 inet6 static\n\taddress %s/64\n\taccept_ra 0\n\tdad-attempts 0\n' "$address6"
  printf '\tup ip -6 route replace %s dev eth0\n' "$range6"
}

networkd() {
  printf '[Match]\nName=eth0\n\n[Network]\nAddress=%s/24\nAddress=%s/64\nGateway=%s\nIPv6AcceptRA=no\n' \
    "$LAB_ADDRESS" "$address6" "$LAB_GATEWAY"
  for range in $ranges; do printf '\n[Route]\nDestination=%s\nScope=link\n' "$range"; done
  printf '\n[Route]\nDestination=%s\n' "$range6"
}

if [ "$network" = ifupdown ]; then
  mkdir -p "$root/etc/network/interfaces.d"
  ifupdown >"$root/etc/network/interfaces"
else
  networkd >"$root/etc/systemd/network/10-eth0.network"
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -sf /lib/systemd/system/systemd-networkd.service "$root/etc/systemd/system/multi-user.target.wants/"
fi
