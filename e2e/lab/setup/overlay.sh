#!/bin/bash
# Runs a build step on a merged view of layers, inside a mount namespace of its own (so nothing stays mounted).
# Usage: unshare --mount --propagation private overlay.sh LOWER[:LOWER...] WORKDIR SCRIPT [ARGUMENT...]
# WORKDIR/upper holds what the step changed; the step gets the merged directory as its first argument.
set -euo pipefail
lower=$1 dir=$2 script=$3
shift 3
mkdir -p "$dir/upper" "$dir/work" "$dir/root"
mount -t overlay lab -o "lowerdir=$lower,upperdir=$dir/upper,workdir=$dir/work" "$dir/root"
mount -t proc proc "$dir/root/proc"
mount -t tmpfs -o mode=755,size=1m dev "$dir/root/dev"
mknod -m 666 "$dir/root/dev/null" c 1 3
mknod -m 666 "$dir/root/dev/urandom" c 1 9
bash "$script" "$dir/root" "$@"
