#!/bin/bash
# Prints the files of this machine's apt that name Debian 12, one a line. Other files have no place in the hosts: they
# hold foreign repositories.
set -euo pipefail
found=
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  [ -f "$file" ] && grep -Eq '^[^#]*\bbookworm\b' "$file" && printf '%s\n' "$file" && found=1
done
[ -n "$found" ] || { printf 'no apt source of this machine names Debian 12 (bookworm)\n' >&2; exit 1; }
