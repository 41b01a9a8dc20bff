#!/bin/bash
# Who receives the mail of example.net and v6.example.net for the user deploy, and who knows the names (setup/zones).
set -euo pipefail
root=$1
bash "$LAB_SETUP/mail-host.sh" "$root" elm.example.net ifupdown

# One log line for each recipient tells who came: "info: RCPT from CLIENT[ADDRESS]: … from=<…> to=<…> … helo=<…>".
chroot "$root" postconf -e \
  'mydestination = $myhostname, example.net, v6.example.net, localhost' \
  'home_mailbox = Maildir/' \
  'smtpd_recipient_restrictions = check_recipient_access static:{INFO arrived}'

mkdir -p "$root/etc/nsd/zones"
cp "$LAB_SETUP"/zones/*.zone "$root/etc/nsd/zones/"
cat >"$root/etc/nsd/nsd.conf.d/lab.conf" <<CONF
server:
  ip-address: $LAB_ADDRESS
  ip-address: 2001:db8:77::${LAB_ADDRESS##*.}
  # Harmless, and the order of network and name server does not matter.
  ip-freebind: yes
  server-count: 1
  zonesdir: /etc/nsd/zones
CONF
zone() { printf 'zone:\n  name: %s\n  zonefile: %s.zone\n' "$1" "$2" >>"$root/etc/nsd/nsd.conf.d/lab.conf"; }
zone example.org example.org
zone example.net example.net
zone 0.77.10.in-addr.arpa 10.77.0
zone 113.0.203.in-addr.arpa 203.0.113
zone 2.0.192.in-addr.arpa nobody
zone 100.51.198.in-addr.arpa nobody
zone 8.b.d.0.1.0.0.2.ip6.arpa 2001.db8
# Zones that should be there and can't be read: every question about them ends in SERVFAIL.
zone servfail.example missing
zone 99.113.0.203.in-addr.arpa missing
