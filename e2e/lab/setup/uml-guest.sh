#!/bin/bash
# The watcher of one user-mode Linux guest: holds its tap, starts its kernel, and starts it again after a reboot. A
# guest that halted or was killed stays off until a line arrives in the fifo `power`, as a machine waits for its button.
# Runs inside the lab's network namespace. Environment: LAB_SETUP LAB_CGROUP LAB_DIR LAB_TAP LAB_BRIDGE LAB_MEMORY_MIB LAB_NUMBER
# A kernel that panics signals its whole process group: -m gives it one of its own.
set -muo pipefail
mkdir -p "$LAB_CGROUP"
echo $$ >"$LAB_CGROUP/cgroup.procs"
cd "$LAB_DIR" || exit 1

# All of one guest on one processor: its kernel stops each of its programs at each system call and wakes it again, which
# takes more than twice as long across two of them.
cpus=()
for range in $(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status | tr , ' '); do
  mapfile -t -O "${#cpus[@]}" cpus < <(seq "${range%-*}" "${range#*-}")
done
taskset -cp "${cpus[LAB_NUMBER % ${#cpus[@]}]}" $$ >/dev/null || exit 1

ip tuntap add dev "$LAB_TAP" mode tap || exit 1
# The guest's driver drops frames that are longer than a packet, and waits for them to be sent again.
ip link set "$LAB_TAP" gso_max_segs 1 || exit 1
ip link set "$LAB_TAP" master "$LAB_BRIDGE" up || exit 1
mkfifo power
# Open for reading and writing: neither side ever waits for the other to appear.
exec 3<>power

while :; do
  # The kernel runs argv[0] when it reboots (arch/um: main() ends in execvp): ours exits with 64. Left to run itself
  # again it would find its tap still held by the descriptors it inherits.
  # The number file tells the lab which process to cut the power of.
  (
    echo "$BASHPID" >kernel.pid
    exec -a "$LAB_SETUP/uml-rebooted.sh" linux.uml umid=guest uml_dir="$LAB_DIR" mem="${LAB_MEMORY_MIB}M" \
      ubd0=root.img ubd1=data.img ubd2=spare.img root=/dev/ubda ro panic=10 \
      vec0:transport=tap,ifname="$LAB_TAP",depth=64,gro=0 con=null con0=null,fd:1 ssl=null \
      selinux=0 apparmor=0 systemd.show_status=0 quiet
  ) </dev/null >>console.log 2>&1 3<&- &
  wait $!
  code=$?
  rm -f kernel.pid
  printf '%s: the kernel ended with %s\n' "$(date -Is)" "$code" >>watcher.log
  # A killed kernel leaves its helpers; they hold the tap.
  for process in $(cat "$LAB_CGROUP/cgroup.procs"); do
    [ "$process" = $$ ] || kill -9 "$process" 2>/dev/null
  done
  rm -rf guest
  [ "$code" = 64 ] || read -r _ <&3
done
