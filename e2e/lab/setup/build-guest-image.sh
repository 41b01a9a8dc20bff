#!/bin/bash
# Turns a tree into the root disk of one guest: its own face (prepare.sh), then a journaled ext4 image.
# Usage: build-guest-image.sh ROOT TARGET SIZE_MIB KEY=VALUE... (prepare.sh's environment); leaves TARGET/root.img, and the
# kernel beside it where the tree has one.
set -euo pipefail
root=$1 target=$2 size=$3
shift 3
export "$@"
bash "$LAB_SETUP/prepare.sh" "$root"
umount "$root/proc" "$root/dev"
mkdir -p "$target"
for file in lab-kernel lab-initramfs; do
  [ ! -f "$root/boot/$file" ] || mv "$root/boot/$file" "$target/$file"
done
truncate -s "${size}M" "$target/root.img"
# Few inodes beyond those of the tree, so that a test can use them up.
inodes=$(($(find "$root" -xdev | wc -l) + 6000))
mke2fs -q -F -N "$inodes" -t ext4 -E lazy_itable_init=1,lazy_journal_init=1 -J size=16 -L lab-root -d "$root" "$target/root.img"
