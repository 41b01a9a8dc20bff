#!/bin/bash
# Exim of Debian 12, which answers on every address. Usage: build-exim.sh ROOT
set -euo pipefail
root=$1
chroot "$root" debconf-set-selections <<'ANSWERS'
exim4-config exim4/dc_eximconfig_configtype select internet site; mail is sent and received directly using SMTP
exim4-config exim4/dc_local_interfaces string
exim4-config exim4/mailname string host.example.org
exim4-config exim4/dc_other_hostnames string host.example.org
ANSWERS
printf '127.0.0.1 localhost\n127.0.1.1 host.example.org host\n' >"$root/etc/hosts"
unshare --uts bash -c 'hostname host && exec "$@"' bash bash "$(dirname "$0")/install-into.sh" "$root" exim4-daemon-light
