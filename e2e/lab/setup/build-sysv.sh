#!/bin/bash
# Debian as it starts without systemd: sysvinit and ifupdown. Usage: build-sysv.sh ROOT
set -euo pipefail
root=$1
bash "$(dirname "$0")/install-into.sh" "$root" sysvinit-core orphan-sysvinit-scripts ifupdown systemd-
# No terminals: a guest's console is a file.
sed -i -e '/getty/s/^/#/' "$root/etc/inittab"
