#!/bin/bash
# Debian 12 with Postfix as the package leaves it.
set -euo pipefail
bash "$LAB_SETUP/mail-host.sh" "$1" maple.example.org ifupdown
