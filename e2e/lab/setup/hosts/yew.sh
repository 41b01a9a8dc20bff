#!/bin/bash
# Another mail server than Postfix.
set -euo pipefail
bash "$LAB_SETUP/mail-host.sh" "$1" yew.example.org networkd
