#!/bin/bash
# As maple; tests give this one odd configurations.
set -euo pipefail
bash "$LAB_SETUP/mail-host.sh" "$1" linden.example.org ifupdown
