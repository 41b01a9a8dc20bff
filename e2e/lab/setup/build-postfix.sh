#!/bin/bash
# Postfix of Debian 12, as the package leaves it. Usage: build-postfix.sh ROOT
set -euo pipefail
root=$1 setup=$(dirname "$0")
bash "$setup/preseed-postfix.sh" "$root"
unshare --uts bash -c 'hostname host && exec "$@"' bash bash "$setup/install-into.sh" "$root" postfix
