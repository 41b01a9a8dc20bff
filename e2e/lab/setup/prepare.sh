#!/bin/bash
# Gives one host its own face, before it starts. Usage: prepare.sh ROOT
# Environment: LAB_SETUP LAB_HOST LAB_LIKE LAB_KIND LAB_KEYS (the lab's public keys) LAB_HOST_KEYS (directory)
#   LAB_DEVICE LAB_ADDRESS LAB_GATEWAY LAB_MACHINE_ID LAB_USER_NAMES
set -euo pipefail
root=$1
printf '%s\n' "$LAB_HOST" >"$root/etc/hostname"
printf '127.0.0.1 localhost\n%s %s.lab %s\n' "$LAB_ADDRESS" "$LAB_HOST" "$LAB_HOST" >"$root/etc/hosts"
printf '%s\n' "$LAB_MACHINE_ID" >"$root/etc/machine-id"

for user in $LAB_USER_NAMES; do
  IFS=: read -r _ _ uid gid _ home _ < <(grep "^$user:" "$root/etc/passwd")
  install -d -m 700 -o "$uid" -g "$gid" "$root$home/.ssh"
  install -m 600 -o "$uid" -g "$gid" "$LAB_KEYS" "$root$home/.ssh/authorized_keys"
done

if [ -d "$root/etc/ssh" ]; then
  for key in "$LAB_HOST_KEYS"/ssh_host_*_key; do
    install -m 600 "$key" "$root/etc/ssh/"
    install -m 644 "$key.pub" "$root/etc/ssh/"
  done
fi

# In a namespace host sysfs is the machine's own: udev would meddle with it. Seats and consoles there are none.
if [ "$LAB_KIND" = systemd ]; then
  for unit in systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service \
    systemd-logind.service getty.target console-getty.service systemd-networkd-wait-online.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
fi

if [ "$LAB_KIND" = uml ] || [ "$LAB_KIND" = qemu ]; then
  install -m 600 "$LAB_KEYS" "$root/etc/ssh/lab-console-keys"
  if [ -x "$root/lib/systemd/systemd" ]; then
    printf '[Match]\nName=%s\n[Network]\nAddress=%s/24\nGateway=%s\n' "$LAB_DEVICE" "$LAB_ADDRESS" "$LAB_GATEWAY" \
      >"$root/etc/systemd/network/$LAB_DEVICE.network"
  else
    printf 'auto lo\niface lo inet loopback\n\nauto vec0\niface vec0 inet static\n  address %s/24\n  gateway %s\n' \
      "$LAB_ADDRESS" "$LAB_GATEWAY" >"$root/etc/network/interfaces"
  fi
fi

own=$LAB_SETUP/hosts/$LAB_LIKE.sh
[ ! -f "$own" ] || bash "$own" "$root"
