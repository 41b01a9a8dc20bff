#!/bin/bash
# An old NAS: one static busybox, dropbear with its libraries, nothing of Debian's userland.
# Usage: build-oldnas.sh TARGET BASE
set -euo pipefail
target=$1 base=$2
mkdir -p "$target"/{bin,sbin,usr/bin,usr/sbin,etc/dropbear,proc,sys,dev,run,tmp,root,home/admin,var/log,var/run,lib,c/backup}
chmod 1777 "$target/tmp"
chmod 700 "$target/root"
cp /bin/busybox "$target/bin/busybox"
# Its shell runs every applet it was built with, link or not; the links are for `command -v` and for scripts.
for applet in $("$target/bin/busybox" --list-full); do
  mkdir -p "$target/$(dirname "$applet")"
  [ "$applet" = bin/busybox ] || ln -s /bin/busybox "$target/$applet"
done
for name in sbin/init bin/sh; do
  [ -L "$target/$name" ] || { printf 'busybox-static of this machine has no %s\n' "$name" >&2; exit 1; }
done

debs=$(mktemp -d)
trap 'rm -rf "$debs"' EXIT
(cd "$debs" && apt-get -qq -o APT::Sandbox::User=root download dropbear-bin libtomcrypt1 libtommath1)
for deb in "$debs"/*.deb; do dpkg-deb -x "$deb" "$debs/tree"; done
cp "$debs/tree/usr/sbin/dropbear" "$target/usr/sbin/"
mkdir -p "$target/usr/lib/dropbear"
cp "$debs/tree/usr/lib/dropbear/dropbearconvert" "$target/usr/lib/dropbear/"
# The loader's own list, with both trees in reach; the files keep the paths that the loader looks at.
libraries=$(LD_LIBRARY_PATH="$debs/tree/usr/lib/$(uname -m)-linux-gnu:$base/usr/lib/$(uname -m)-linux-gnu" \
  ldd "$target/usr/sbin/dropbear" | awk '$2 == "=>" {print $3} $1 ~ /^\// {print $1}')
for library in $libraries; do
  path=${library#"$debs/tree"} path=${path#"$base"}
  case $path in /usr/lib/*) path=${path#/usr} ;; esac
  mkdir -p "$target/$(dirname "$path")"
  cp -L "$library" "$target/$path"
done

cat >"$target/etc/inittab" <<'INIT'
::sysinit:/etc/rc.sysinit
::respawn:/usr/sbin/dropbear -F -r /etc/dropbear/host_rsa
::respawn:/sbin/syslogd -n
INIT
printf '#!/bin/sh\nmkdir -p /var/run\n' >"$target/etc/rc.sysinit"
chmod 755 "$target/etc/rc.sysinit"
printf 'root:x:0:0:root:/root:/bin/sh\nadmin:x:98:98:NAS admin:/home/admin:/bin/sh\n' >"$target/etc/passwd"
printf 'root:%s:14000:0:99999:7:::\nadmin:%s:14000:0:99999:7:::\n' "$(openssl passwd -6 lab-root)" "$(openssl passwd -6 lab-admin)" >"$target/etc/shadow"
chmod 600 "$target/etc/shadow"
printf 'root:x:0:\nadmin:x:98:\n' >"$target/etc/group"
printf '/bin/sh\n' >"$target/etc/shells"
printf 'Lab NAS, firmware 4.1.6\n' >"$target/etc/issue"
printf 'RAIDiator!!version=4.1.6,time=1236107880,size=33554432\n' >"$target/etc/raidiator_version"
chown 98:98 "$target/home/admin"
