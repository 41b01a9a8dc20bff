#!/bin/bash
# A NAS in the making: no server yet, a small root, the space in /c, and a repository that has a server.
set -euo pipefail
root=$1
sed -i 's#:8077/#:8077/mariadb/#' "$root/etc/apt/sources.list.d/lab.list"
