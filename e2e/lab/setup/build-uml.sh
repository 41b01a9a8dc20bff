#!/bin/bash
# What a user-mode Linux guest needs above a Debian tree: the modules of its kernel, its network, a second sshd that the
# lab itself uses (port 2222, out of band), disks of different kinds. Usage: build-uml.sh ROOT
set -euo pipefail
root=$1
mkdir -p "$root/lib/modules"
cp -a /usr/lib/uml/modules/. "$root/lib/modules/"

# Only the legacy back end works: this kernel has no nf_tables.
chroot "$root" update-alternatives --quiet --set iptables /usr/sbin/iptables-legacy
chroot "$root" update-alternatives --quiet --set ip6tables /usr/sbin/ip6tables-legacy

cat >"$root/etc/ssh/lab-console.conf" <<'SSHD'
Port 2222
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/lab-console-keys
PasswordAuthentication no
UsePAM no
UseDNS no
PidFile /run/lab-console.pid
SSHD

# The disks of scsi_debug are RAM; one of them says that it rotates.
cp "$(dirname "$0")/lab-disks" "$root/usr/local/sbin/lab-disks"
chmod 755 "$root/usr/local/sbin/lab-disks"
cat >"$root/etc/udev/rules.d/59-lab-disks.rules" <<'RULES'
ACTION=="add|change", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", ATTRS{model}=="Spinner*", ATTR{queue/rotational}="1"
RULES
# udev asks the disks again, and all of them answer with the newest disk's name: what the scan saw is right.
cat >"$root/etc/udev/rules.d/61-lab-disks.rules" <<'RULES'
ACTION=="add|change", SUBSYSTEM=="block", ATTRS{vendor}=="Lab*", ENV{ID_VENDOR}="$attr{vendor}", ENV{ID_MODEL}="$attr{model}"
RULES

# Only swap and root: the journal of the root file system is what a power cut is tried on.
printf '/dev/ubda / ext4 errors=remount-ro 0 1\n' >"$root/etc/fstab"

if [ -x "$root/lib/systemd/systemd" ]; then
  # Each costs a second of boot on this slow kernel and finds nothing to do.
  for unit in systemd-networkd-wait-online.service systemd-binfmt.service getty.target systemd-pstore.service \
    modprobe@.service kmod-static-nodes.service sys-fs-fuse-connections.mount dev-hugepages.mount \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount systemd-network-generator.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
  cat >"$root/etc/systemd/system/lab-console.service" <<'UNIT'
[Unit]
Description=The lab's own way in
After=network.target
[Service]
RuntimeDirectory=sshd
RuntimeDirectoryPreserve=yes
ExecStart=/usr/sbin/sshd -D -f /etc/ssh/lab-console.conf
Restart=always
[Install]
WantedBy=multi-user.target
UNIT
  cat >"$root/etc/systemd/system/lab-disks.service" <<'UNIT'
[Unit]
Description=Disks of the lab
DefaultDependencies=no
After=systemd-udevd.service systemd-modules-load.service
Before=local-fs.target sysinit.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/lab-disks
[Install]
WantedBy=sysinit.target
UNIT
  cat >"$root/etc/systemd/system/lab-booted.service" <<'UNIT'
[Unit]
Description=Tells the lab that this boot is done
After=multi-user.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/touch /run/lab-booted
[Install]
WantedBy=graphical.target
UNIT
  chroot "$root" systemctl --quiet enable lab-booted.service lab-console.service lab-disks.service systemd-networkd.service
else
  printf 'lc:2345:respawn:/usr/sbin/sshd -D -f /etc/ssh/lab-console.conf\nlb:2:wait:/bin/touch /run/lab-booted\n' >>"$root/etc/inittab"
  cat >"$root/etc/init.d/lab-disks" <<'INIT'
#!/bin/sh
### BEGIN INIT INFO
# Provides:          lab-disks
# Required-Start:    udev
# Required-Stop:
# Default-Start:     S
# Default-Stop:
# Short-Description: disks of the lab
### END INIT INFO
case $1 in start) mkdir -p /run/sshd && /usr/local/sbin/lab-disks ;; esac
INIT
  chmod 755 "$root/etc/init.d/lab-disks"
  chroot "$root" update-rc.d lab-disks defaults
  chroot "$root" update-rc.d nftables remove
fi
