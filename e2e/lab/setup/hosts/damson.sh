#!/bin/bash
# A member of a mesh to be, without strongSwan: networkd holds vec0. No disks that lie in its memory.
set -euo pipefail
root=$1
printf '#!/bin/sh\n' >"$root/usr/local/sbin/lab-disks"
