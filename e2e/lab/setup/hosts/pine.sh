#!/bin/bash
# Debian 11 with Postfix as the package leaves it.
set -euo pipefail
bash "$LAB_SETUP/mail-host.sh" "$1" pine.example.org networkd
