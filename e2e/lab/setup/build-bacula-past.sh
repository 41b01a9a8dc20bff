#!/bin/bash
# Gives a Bacula tree the jobs of the past eleven weeks, in namespaces of its own: see bacula/past.sh.
# Usage: build-bacula-past.sh ROOT mariadb|postgresql|sqlite HOST ADDRESS
set -euo pipefail
exec unshare --net --pid --fork --kill-child bash "$(dirname "$0")/bacula/past.sh" "$@"
