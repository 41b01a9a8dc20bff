#!/bin/bash
# What a guest with a kernel of its own needs above a Debian tree: the kernel's modules, its network, a second sshd that the
# lab itself uses (port 2222, out of band), disks of different kinds. Usage: build-guest.sh ROOT uml|qemu
set -euo pipefail
root=$1 kind=$2
mkdir -p "$root/lib/modules"
if [ "$kind" = uml ]; then
  disk=/dev/ubda
  cp -a /usr/lib/uml/modules/. "$root/lib/modules/"
  # Only the legacy back end works: this kernel has no nf_tables.
  chroot "$root" update-alternatives --quiet --set iptables /usr/sbin/iptables-legacy
  chroot "$root" update-alternatives --quiet --set ip6tables /usr/sbin/ip6tables-legacy
else
  disk=/dev/vda
  bash "$(dirname "$0")/unpack-kernel.sh" "$root"
fi

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
printf '%s / ext4 errors=remount-ro 0 1\n' "$disk" >"$root/etc/fstab"

if [ -x "$root/lib/systemd/systemd" ]; then
  # Each costs a second of boot on this slow kernel and finds nothing to do.
  for unit in systemd-networkd-wait-online.service systemd-binfmt.service getty.target systemd-pstore.service \
    modprobe@.service kmod-static-nodes.service sys-fs-fuse-connections.mount dev-hugepages.mount \
    sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount systemd-network-generator.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
  # Reading its units anew takes systemd 5 s then, and 19 with all generators and a unit for each of 320 terminals.
  mkdir -p "$root/etc/systemd/system-generators"
  for generator in cryptsetup debug getty gpt-auto hibernate-resume integritysetup rc-local run system-update veritysetup; do
    ln -sf /dev/null "$root/etc/systemd/system-generators/systemd-$generator-generator"
  done
  mkdir -p "$root/etc/systemd/system/systemd-udev-trigger.service.d"
  cat >"$root/etc/systemd/system/systemd-udev-trigger.service.d/lab.conf" <<'UNIT'
[Service]
ExecStart=
ExecStart=-udevadm trigger --type=subsystems --action=add
ExecStart=-udevadm trigger --type=devices --action=add --subsystem-nomatch=tty
UNIT
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
