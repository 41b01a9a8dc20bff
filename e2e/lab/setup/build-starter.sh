#!/bin/bash
# strongSwan as the package "strongswan" has it: told by ipsec.conf, running, enabled. Usage: build-starter.sh ROOT
set -euo pipefail
root=$1
bash "$(dirname "$0")/install-into.sh" "$root" strongswan-starter strongswan-charon
chroot "$root" systemctl --quiet enable strongswan-starter.service
