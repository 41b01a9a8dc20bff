#!/bin/bash
# strongSwan (swanctl and charon-systemd) beside a capture program, as an administrator leaves it who has not set it up
# yet: installed, its unit disabled. Other packages besides, where the tree is to have them. Usage: build-ipsec.sh ROOT PACKAGE...
set -euo pipefail
root=$1
shift
# The standard plugins are only recommended; without them there is neither AES-GCM nor ECP nor Ed25519.
bash "$(dirname "$0")/install-into.sh" "$root" strongswan-swanctl charon-systemd libstrongswan-standard-plugins \
  strongswan-pki tcpdump "$@"
chroot "$root" systemctl --quiet disable strongswan.service
