#!/bin/bash
# What all hosts of the lab share beyond Debian: users, sshd's settings, the lab's repository, no waiting for DNS.
# Usage: build-fitted.sh ROOT [without-repository]; standard input: one user a line,
# "root|sudo|sudo-password|none NAME PASSWORD". The repository has packages of Debian 12 only.
set -euo pipefail
root=$1 repository=${2:-with-repository}

while read -r privilege name password; do
  [ "$name" = root ] || chroot "$root" useradd --create-home --shell /bin/bash --comment "Lab user $name" "$name"
  printf '%s:%s\n' "$name" "$password" | chroot "$root" chpasswd
  case $privilege in
    # Sudo that asks for no password is one of the two kinds that Pollux must know how to use.
    sudo) printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\n' "$name" >"$root/etc/sudoers.d/$name"; chmod 440 "$root/etc/sudoers.d/$name" ;;
    sudo-password) chroot "$root" usermod -aG sudo "$name" ;;
  esac
done

cat >"$root/etc/ssh/sshd_config.d/lab.conf" <<'SSHD'
PermitRootLogin yes
PasswordAuthentication yes
UseDNS no
MaxStartups 100:30:200
SSHD

[ "$repository" = without-repository ] || cat >"$root/etc/apt/sources.list.d/lab.list" <<'APT'
deb [trusted=yes] http://10.77.0.1:8077/debian bookworm main
deb [trusted=yes] http://10.77.0.1:8077/debian-security bookworm-security main
APT

# A name server that refuses at once: an unknown name never costs a login ten seconds.
rm -f "$root/etc/resolv.conf"
printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' >"$root/etc/resolv.conf"

# /proc/kmsg is the machine's own in a namespace host; reading it would take the messages away from the machine.
[ ! -f "$root/etc/rsyslog.conf" ] || sed -i 's/^module(load="imklog")/#&/' "$root/etc/rsyslog.conf"

# Time-driven work of Debian's would only disturb measurements.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
: >"$root/etc/fstab"
