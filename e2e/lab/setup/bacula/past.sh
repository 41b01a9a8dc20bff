#!/bin/bash
# The past of a director, a storage and a file daemon that run for real, on a clock that is set back (libfaketime) and
# moved on from job to job. Usage: past.sh ROOT mariadb|postgresql|sqlite HOST ADDRESS, as process 1 of its namespaces
set -euo pipefail
root=$1 database=$2 host=$3 address=$4
# shellcheck source=catalog.sh
. "$(dirname "$0")/catalog.sh"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 run "$root/run"
mkdir "$root/dev/shm"
mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
# The host's own address, on a wire where nobody else is.
ip link set lo up
ip link add eth0 type veth peer name far
ip addr add "$address/24" dev eth0
ip link set eth0 up
ip link set far up

export TZ=:$root/etc/localtime
today=$(date +%F)
library=$(chroot "$root" sh -c 'ls /usr/lib/*/faketime/libfaketimeMT.so.1')
daemons=()

# Sets the clock of the daemons: so many days ago, at this time.
clock() {
  day=$(date -d "$today $1 days ago $2" +%s)
  printf '%+d\n' "$((day - $(date +%s)))" >"$root/run/clock.new"
  mv "$root/run/clock.new" "$root/run/clock"
}

# daemon NAME USER GROUP
daemon() {
  chroot "$root" setpriv --reuid "$2" --regid "$3" --init-groups env -u TZ LD_PRELOAD="$library" NO_FAKE_STAT=1 \
    FAKETIME_NO_CACHE=1 FAKETIME_TIMESTAMP_FILE=/run/clock "$1" -fP -c "/etc/bacula/$1.conf" \
    </dev/null >"$root/run/$1.log" 2>&1 &
  daemons+=($!)
}

console() {
  printf '%s\n' "$@" quit | chroot "$root" env -u TZ timeout 60 bconsole -n
}

# within SECONDS COMMAND...: until it succeeds
within() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || { printf 'waited in vain for: %s\n' "$*" >&2; return 1; }
    sleep 0.1
  done
}

# Starts jobs together ("BackupA Full") and waits for their end.
jobs() {
  local job commands=()
  for job in "$@"; do commands+=("run job=${job% *} level=${job#* } yes"); done
  console "${commands[@]}" wait
}

# write DIRECTORY NAME KIB [SOURCE]: a file that was modified on the clock's day
write() {
  head -c "$3K" "${4:-/dev/urandom}" >"$root/srv/$1/$2"
  touch -d "@$day" "$root/srv/$1/$2" "$root/srv/$1"
}

is_running() {
  console '.status dir running' | grep -q "$1.* is running"
}

chroot "$root" install -d -o bacula -g bacula /run/bacula
chroot "$root" install -d -o bacula -g tape /srv/volumes /srv/offsite
mkdir -p "$root"/srv/{data,shop,archive,slow}

clock 75 2:05; echo "at $SECONDS"
start_catalog
daemon bacula-sd bacula tape
daemon bacula-fd root root
daemon bacula-dir bacula bacula
within 20 console version
for number in {01..20}; do write data "letter-$number.txt" 4; done
for number in 1 2 3; do write data "photo-$number.jpg" 750; done
for number in {1..9}; do write shop "orders-$number.csv" 60 <(yes "$number;a customer;an order;12.50"); done
write shop 'orders-1.csv~' 8
write archive minutes.tar 2500
for number in {01..40}; do write slow "part-$number" 100 /dev/zero; done
jobs 'BackupC Full'

clock 40 22:05; echo "at $SECONDS"
jobs 'BackupA Full' 'BackupB Full'

clock 36 22:10; echo "at $SECONDS"
write data letter-21.txt 12
jobs 'BackupA Incremental'

clock 33 22:10; echo "at $SECONDS"
write data letter-22.txt 20
write shop orders-10.csv 80 <(yes '10;a customer;another order;9.90')
jobs 'BackupA Differential' 'BackupB Incremental'

# The NAS is never there.
clock 29 22:10; echo "at $SECONDS"
write data photo-4.jpg 400
jobs 'BackupA Incremental' 'BackupNas Full'

clock 26 22:10; echo "at $SECONDS"
write data letter-01.txt 4
jobs 'BackupA Incremental'

clock 20 22:10; echo "at $SECONDS"
write data photo-5.jpg 900
write shop orders-1.csv 70 <(yes '1;a customer;an order;12.50')
jobs 'BackupA Differential' 'BackupB Differential'

clock 16 2:05; echo "at $SECONDS"
write archive minutes-2.tar 600
jobs 'BackupC Full'

clock 12 22:10; echo "at $SECONDS"
write data letter-23.txt 4
jobs 'BackupA Incremental'
console 'run job=BackupSlow yes'
within 20 is_running BackupSlow
console 'cancel job=BackupSlow yes' wait

clock 6 22:05; echo "at $SECONDS"
write data letter-24.txt 4
write shop orders-11.csv 40 <(yes '11;a customer;an order;3.20')
jobs 'BackupA Full' 'BackupB Incremental'

clock 5 9:30; echo "at $SECONDS"
jobs 'CopyOffsite Full'

# Somebody has cut off the end of the volume that the next Differential would be appended to.
clock 3 22:10; echo "at $SECONDS"
write data letter-25.txt 30
truncate -s -1000 "$root/srv/volumes/Diff-0005"
jobs 'BackupA Differential' 'BackupNas Incremental'

clock 2 10:20; echo "at $SECONDS"
console "restore client=$host-fd fileset=Data select current all done yes" wait
rm -r "$root/srv/restore"

clock 1 22:10; echo "at $SECONDS"
write data letter-26.txt 8
write shop orders-12.csv 20 <(yes '12;a customer;an order;7.70')
jobs 'BackupA Incremental'
jobs 'BackupB Incremental'
console 'prune expired volume pool=Incremental yes' 
console 'list jobs' 'list volumes' 'llist volume=Diff-0005' 'list joblog jobid=1' 'list joblog jobid=7'

kill "${daemons[@]}"
wait "${daemons[@]}" || true
echo "at $SECONDS"; stop_catalog; echo "at $SECONDS"
