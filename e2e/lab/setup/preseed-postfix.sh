#!/bin/bash
# What a sysadmin answers when Debian's postfix package asks: an "Internet Site". The name is a stand-in, which
# mail-host.sh replaces by each host's own. Usage: preseed-postfix.sh ROOT, with "host" as this machine's name
set -euo pipefail
root=$1
# The package takes myhostname from what `hostname --fqdn` says, and that from this file.
printf '127.0.0.1 localhost\n127.0.1.1 host.example.org host\n' >"$root/etc/hosts"
chroot "$root" debconf-set-selections <<'ANSWERS'
postfix postfix/main_mailer_type select Internet Site
postfix postfix/mailname string host.example.org
ANSWERS
