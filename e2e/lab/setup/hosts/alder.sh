#!/bin/bash
# The plain good host, with what a sysadmin would want to be told about.
set -euo pipefail
root=$1
cat >"$root/etc/systemd/network/eth0.network" <<UNIT
[Match]
Name=eth0
[Network]
Address=$LAB_ADDRESS/24
Gateway=$LAB_GATEWAY
UNIT
cat >"$root/etc/systemd/system/stocktake.service" <<'UNIT'
[Unit]
Description=Counts the stock all day
[Service]
ExecStart=/bin/sleep infinity
DynamicUser=yes
[Install]
WantedBy=multi-user.target
UNIT
cat >"$root/etc/systemd/system/nightly-report.service" <<'UNIT'
[Unit]
Description=Nightly report of the warehouse
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'printf "cannot open /srv/reports: no such directory\n" >&2; exit 3'
[Install]
WantedBy=multi-user.target
UNIT
wants=$root/etc/systemd/system/multi-user.target.wants
mkdir -p "$wants"
ln -sf ../stocktake.service ../nightly-report.service "$wants/"
ln -sf /lib/systemd/system/systemd-networkd.service "$wants/"

# /run is made anew at each start.
cat >"$root/etc/tmpfiles.d/reboot-required.conf" <<'CONF'
f /run/reboot-required 0644 root root - *** System restart required ***
f /run/reboot-required.pkgs 0644 root root - linux-image-amd64
CONF

bash "$LAB_SETUP/make-certificate.sh" "$root/etc/ssl/alder.pem" /CN=alder.lab 9
bash "$LAB_SETUP/make-certificate.sh" "$root/etc/ssl/long.pem" /CN=long.alder.lab 700
