#!/bin/bash
# dropbear keeps host keys in a format of its own.
set -euo pipefail
root=$1
cp "$LAB_HOST_KEYS/ssh_host_rsa_key" "$root/tmp/key"
chroot "$root" /usr/lib/dropbear/dropbearconvert openssh dropbear /tmp/key /etc/dropbear/host_rsa 2>/dev/null
rm "$root/tmp/key"
