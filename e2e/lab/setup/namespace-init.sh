#!/bin/bash
# Process 1 of a namespace host until it turns into the host's own init. Everything is mounted in this mount namespace,
# so that nothing is left when the process ends.
# Environment: LAB_SETUP LAB_DIR LAB_WIRE (network namespace) LAB_HOST LAB_LOWER (trees) LAB_DISK_MIB
#   LAB_DATA ("PATH MIB" of a file system besides, or nothing) LAB_LINKS ("VETH DEVICE BRIDGE ADDRESS" a line) LAB_INIT (systemd|sshd|busybox) and prepare.sh's.
set -euo pipefail
root=$LAB_DIR/root

mkdir -p "$LAB_DIR/disk" "$root"
mount -t tmpfs -o "mode=755,size=${LAB_DISK_MIB}m" disk "$LAB_DIR/disk"
mkdir "$LAB_DIR/disk/upper" "$LAB_DIR/disk/work"
mount -t overlay overlay -o "lowerdir=$LAB_LOWER,upperdir=$LAB_DIR/disk/upper,workdir=$LAB_DIR/disk/work" "$root"

# A real one, as a second disk of the machine would have: its loop device goes when this mount namespace does.
if [ -n "$LAB_DATA" ]; then
  read -r at mib <<<"$LAB_DATA"
  truncate -s "${mib}M" "$LAB_DIR/data.img"
  mke2fs -q -F -t ext4 -N 4096 -J size=16 -E lazy_itable_init=1,lazy_journal_init=1 "$LAB_DIR/data.img"
  mkdir -p "$root$at"
  mount -o loop "$LAB_DIR/data.img" "$root$at" || mount -t tmpfs -o "mode=755,size=${mib}m" data "$root$at"
fi

mount -t proc proc "$root/proc"
# The kernel's knobs belong to the machine; those of the network are the host's own.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
if [ -e "$root/proc/sysrq-trigger" ]; then
  mount --bind "$root/proc/sysrq-trigger" "$root/proc/sysrq-trigger"
  mount -o remount,bind,ro "$root/proc/sysrq-trigger"
fi
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"

mount -t tmpfs -o mode=755,size=1m dev "$root/dev"
while read -r name major minor; do mknod -m 666 "$root/dev/$name" c "$major" "$minor"; done <<'NODES'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
NODES
mkdir "$root/dev/pts" "$root/dev/shm" "$root/dev/net"
mknod -m 666 "$root/dev/net/tun" c 10 200
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mount -t tmpfs -o mode=1777,size=64m shm "$root/dev/shm"
mount -t tmpfs -o mode=755,size=64m run "$root/run"

hostname "$LAB_HOST"
ip link set lo up
while read -r link device bridge address; do
  # A host that is started anew keeps its hardware address: others who know it still reach it at once.
  mac=$(IFS=.; printf '02:00:%02x:%02x:%02x:%02x' $address)
  # "netns 1": process 1 of this process namespace, which is us.
  nsenter --net="$LAB_WIRE" ip link add "$link" type veth peer name "$device" address "$mac" netns 1
  nsenter --net="$LAB_WIRE" ip link set "$link" master "$bridge" up
  ip addr add "$address/24" brd + dev "$device"
  ip link set "$device" up
done <<<"$LAB_LINKS"
# With the broadcast address and the protocol that networkd would give them: it then takes both over as they are.
[ -z "$LAB_GATEWAY" ] || ip route add default via "$LAB_GATEWAY" proto static

bash "$LAB_SETUP/prepare.sh" "$root"

cd "$root"
mkdir .old
pivot_root . .old
umount -l /.old
rmdir /.old
exec </dev/null
case $LAB_INIT in
  systemd) set -- /lib/systemd/systemd --log-target=journal --show-status=0 ;;
  sshd) mkdir -p /run/sshd && set -- /usr/sbin/sshd -D -e ;;
  busybox) set -- /sbin/init ;;
esac
exec env -i container=lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
