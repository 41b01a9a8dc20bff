#!/bin/bash
# NSD, a small name server that only knows its own zones. Usage: build-nameserver.sh ROOT
set -euo pipefail
bash "$(dirname "$0")/install-into.sh" "$1" nsd
