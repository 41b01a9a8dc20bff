#!/bin/bash
# Starts a namespace host: its own cgroup, then all of its namespaces, then namespace-init.sh as process 1.
# Environment: see namespace-init.sh, and LAB_CGROUP. Without CAP_SYS_TIME, CAP_SYS_MODULE and CAP_SYSLOG no host can
# set the machine's clock, load its modules or clear its kernel log.
set -euo pipefail
mkdir -p "$LAB_CGROUP"
echo $$ >"$LAB_CGROUP/cgroup.procs"
exec unshare --mount --propagation private --uts --ipc --net --pid --cgroup --fork --kill-child -- \
  setpriv --bounding-set=-sys_time,-sys_module,-sys_rawio,-syslog --inh-caps=-all \
  bash "$LAB_SETUP/namespace-init.sh"
