#!/bin/bash
# Debian's kernel for virtual machines, unpacked into a tree without a boot loader: its modules, the kernel itself as
# /boot/lab-kernel, and /boot/lab-initramfs, which finds the root disk. Usage: unpack-kernel.sh ROOT
set -euo pipefail
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
[ -n "$package" ] || { echo "This machine's package lists have no linux-image-cloud-amd64." >&2; exit 77; }
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$package" && dpkg-deb -x "$package"_*.deb unpacked)
release=${package#linux-image-}
rm -rf "$work/unpacked/lib/modules/$release/kernel/drivers/gpu" "$work/unpacked/lib/modules/$release/kernel/sound"
cp -a "$work/unpacked/lib/modules/." "$root/lib/modules/"
cp "$work/unpacked/boot/vmlinuz-$release" "$root/boot/lab-kernel"
chroot "$root" /sbin/depmod "$release"

# In the order in which they need each other.
disk='virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk'
mkdir -p "$work/initramfs"/{bin,modules,proc,dev,root}
cp /usr/bin/busybox "$work/initramfs/bin/busybox"
for module in $disk; do
  find "$root/lib/modules/$release" -name "$module.ko" -exec cp {} "$work/initramfs/modules/" \;
done
cat >"$work/initramfs/init" <<INIT
#!/bin/busybox sh
/bin/busybox mount -t devtmpfs dev /dev
for module in $disk; do /bin/busybox insmod /modules/\$module.ko; done
/bin/busybox mount -t ext4 -o ro /dev/vda /root && /bin/busybox mount -o move /dev /root/dev
exec /bin/busybox switch_root /root /sbin/init
INIT
chmod 755 "$work/initramfs/init"
(cd "$work/initramfs" && find . | busybox cpio -o -H newc 2>/dev/null | gzip >"$root/boot/lab-initramfs")
