#!/bin/bash
# The watcher of one guest with a kernel of its own: holds its tap, starts its kernel, and starts it again after a reboot. A
# guest that halted or was killed stays off until a line arrives in the fifo `power`, as a machine waits for its button.
# Runs inside the lab's network namespace. Environment: LAB_SETUP LAB_KIND LAB_CGROUP LAB_DIR LAB_TAP LAB_BRIDGE LAB_MEMORY_MIB
# LAB_NUMBER
# A kernel that panics signals its whole process group: -m gives it one of its own.
set -muo pipefail
mkdir -p "$LAB_CGROUP"
echo $$ >"$LAB_CGROUP/cgroup.procs"
cd "$LAB_DIR" || exit 1

# All of user-mode Linux on one processor: its kernel stops each of its programs at each system call and wakes it again, which
# takes more than twice as long across two of them.
if [ "$LAB_KIND" = uml ]; then
  cpus=()
  for range in $(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status | tr , ' '); do
    mapfile -t -O "${#cpus[@]}" cpus < <(seq "${range%-*}" "${range#*-}")
  done
  taskset -cp "${cpus[LAB_NUMBER % ${#cpus[@]}]}" $$ >/dev/null || exit 1
fi
# And before all others that want it: a guest that waits for its processor looks like a host out of reach. Where the kernel
# shares by sessions, a nice value counts within the session alone.
renice -n -10 -p $$ >/dev/null || :
echo -10 2>/dev/null >/proc/self/autogroup || :

ip tuntap add dev "$LAB_TAP" mode tap || exit 1
# The guest's driver drops frames that are longer than a packet, and waits for them to be sent again.
ip link set "$LAB_TAP" gso_max_segs 1 || exit 1
ip link set "$LAB_TAP" master "$LAB_BRIDGE" up || exit 1
mkfifo power
# Open for reading and writing: neither side ever waits for the other to appear.
exec 3<>power

run_uml() {
  # The kernel runs argv[0] when it reboots (arch/um: main() ends in execvp): ours exits with 64. Left to run itself
  # again it would find its tap still held by the descriptors it inherits.
  exec -a "$LAB_SETUP/uml-rebooted.sh" linux.uml umid=guest uml_dir="$LAB_DIR" mem="${LAB_MEMORY_MIB}M" \
    ubd0=root.img ubd1=data.img ubd2=spare.img root=/dev/ubda ro panic=10 pty.legacy_count=0 \
    vec0:transport=tap,ifname="$LAB_TAP",depth=64,gro=0 con=null con0=null,fd:1 ssl=null \
    selinux=0 apparmor=0 systemd.show_status=0 quiet
}

# Starts the kernel again by itself when it reboots. What is written is in the machine's memory, which a killed QEMU leaves.
run_qemu() {
  disks=()
  for disk in root data spare; do disks+=(-drive "file=$disk.img,format=raw,if=virtio,cache=unsafe"); done
  exec qemu-system-x86_64 -M pc -accel tcg -cpu max -m "${LAB_MEMORY_MIB}M" -nodefaults -no-user-config -display none \
    -chardev file,id=console,path=console.log,append=on -serial chardev:console \
    -kernel lab-kernel -initrd lab-initramfs -append 'console=ttyS0 ro panic=10 net.ifnames=0 mitigations=off
      selinux=0 apparmor=0 systemd.show_status=0 quiet' "${disks[@]}" \
    -netdev "tap,id=wire,ifname=$LAB_TAP,script=no,downscript=no" \
    -device "virtio-net-pci,netdev=wire,romfile=,mac=$(printf '52:54:00:4d:00:%02x' "$LAB_NUMBER")"
}

while :; do
  # The number file tells the lab which process to cut the power of.
  (
    echo "$BASHPID" >kernel.pid
    "run_$LAB_KIND"
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
