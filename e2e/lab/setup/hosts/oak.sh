#!/bin/bash
# Debian 13 with Postfix as the package leaves it; no syslog daemon, as in a new Debian.
set -euo pipefail
bash "$LAB_SETUP/mail-host.sh" "$1" oak.example.org networkd
