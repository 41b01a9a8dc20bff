#!/bin/bash
# The past of a director, a storage and a file daemon that run for real, on a clock that is set back and moved on from
# job to job (libfaketime). Usage: past.sh ROOT mariadb|postgresql|sqlite HOST ADDRESS, as process 1 of its namespaces
set -euo pipefail
root=$1 database=$2 host=$3 address=$4
# shellcheck source=catalog.sh
. "$(dirname "$0")/catalog.sh"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
# The host's own address, where nobody else is.
ip link set lo up
ip addr add "$address" dev lo
ip route add unreachable 10.77.0.0/24

# The daemons wait for a second here and there: on their clock it is shorter.
rate=5
export TZ=:$root/etc/localtime
today=$(date +%F)
library=$(chroot "$root" sh -c 'ls /usr/lib/*/faketime/libfaketimeMT.so.1')
daemons=()

# Starts the daemons so many days ago, at this time. They are not left running while their clock jumps: timers of theirs
# would run out at once.
clock() {
  stop_daemons
  day=$(date -d "$today $1 days ago $2" +%s)
  daemon bacula-sd bacula tape /etc/bacula/bacula-sd.conf
  daemon bacula-fd root root /etc/bacula/bacula-fd.conf
  daemon bacula-dir bacula bacula /run/past.conf
  within 20 answer
}

# daemon NAME USER GROUP CONFIG
daemon() {
  chroot "$root" setpriv --reuid "$2" --regid "$3" --init-groups env -u TZ LD_PRELOAD="$library" NO_FAKE_STAT=1 \
    FAKETIME_NO_CACHE=1 FAKETIME="$((day - $(date +%s))) x$rate" "$1" -fP -c "$4" </dev/null >"$root/run/$1.log" 2>&1 &
  daemons+=($!)
}

stop_daemons() {
  [ ${#daemons[@]} -gt 0 ] || return 0
  kill "${daemons[@]}"
  # With libfaketime one in fifty hangs in its own end, when its work is long done.
  within 5 have_ended || kill -KILL "${daemons[@]}"
  wait "${daemons[@]}" || true
  daemons=()
}

have_ended() {
  ! kill -0 "${daemons[@]}"
}

answer() {
  local port
  for port in 9101 9102 9103; do [ -n "$(ss -Hltn "sport = :$port")" ] || return; done
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

# write DIRECTORY NAME KIB [COMMAND...]: a file that was modified on the clock's day
write() {
  local file=$root/srv/$1/$2 kib=$3
  shift 3
  "${@:-cat}" </dev/urandom 2>/dev/null | head -c "${kib}K" >"$file" || true
  touch -d "@$day" "$file" "${file%/*}"
}

newest() {
  # shellcheck disable=SC2012
  (cd "$root/srv/volumes" && ls -t "$1"* | head -n 1)
}

has_written() {
  console ".status client=$host-fd running" | grep -q '^JobBytes=[1-9]'
}

chroot "$root" install -d -o bacula -g bacula /run/bacula
chroot "$root" install -d -o bacula -g tape /srv/volumes /srv/offsite
mkdir -p "$root"/srv/{data,shop,archive}
# Nothing but what is told here happens: no schedule.
sed 's/; Schedule = "[^"]*"//' "$root/etc/bacula/bacula-dir.conf" >"$root/run/past.conf"
start_catalog
create_catalog

clock 75 2:05
for number in {01..20}; do write data "letter-$number.txt" 4; done
for number in 1 2 3; do write data "photo-$number.jpg" 380; done
for number in {1..9}; do write shop "orders-$number.csv" 30 base64; done
write shop 'orders-1.csv~' 8
write archive minutes.tar 1200
jobs 'BackupC Full'

clock 40 22:05
jobs 'BackupA Full' 'BackupB Full'

clock 36 22:10
write data letter-21.txt 12
jobs 'BackupA Incremental'

clock 33 22:10
write data letter-22.txt 20
write shop orders-10.csv 80 base64
jobs 'BackupA Differential' 'BackupB Incremental'

clock 29 22:10
write data photo-4.jpg 200
jobs 'BackupA Incremental'

clock 26 22:10
write data letter-01.txt 4
write shop orders-2.csv 64 base64
jobs 'BackupA Incremental' 'BackupB Incremental'

clock 24 22:10
write data letter-23.txt 4
jobs 'BackupA Incremental'
expired=$(newest Incr-)

clock 20 22:10
write data photo-5.jpg 450
write shop orders-1.csv 70 base64
jobs 'BackupA Differential' 'BackupB Differential'

# Its end prunes the files of the first one, which is past the client's File Retention.
clock 14 2:05
write archive minutes-2.tar 300
jobs 'BackupC Full'

# Incremental volumes are past their retention by now: these and later jobs recycle some.
clock 12 22:10
write data letter-24.txt 4
jobs 'BackupA Incremental'
console 'run job=BackupSlow yes'
within 20 has_written
console 'cancel job=BackupSlow yes' wait

clock 6 22:05
write data letter-25.txt 4
write shop orders-11.csv 40 base64
jobs 'BackupA Full' 'BackupB Incremental'

clock 5 9:30
jobs 'CopyOffsite Full'

# Somebody has cut off the end of the volume that this Differential would be appended to, and the NAS is never there.
clock 3 22:10
write data letter-26.txt 30
truncate -s -1000 "$root/srv/volumes/$(newest Diff-)"
jobs 'BackupA Differential' 'BackupNas Incremental'

clock 2 10:20
console "restore client=$host-fd fileset=Data select current all done yes" wait
rm -r "$root/srv/restore"

clock 1 22:10
write data letter-27.txt 8
write shop orders-12.csv 20 base64
jobs 'BackupA Incremental' 'BackupB Incremental'
console "prune volume=$expired yes"

# Only these were to go wrong; jobs whose volumes were recycled are gone.
told=$(console 'gui on' 'list jobs' | awk -F'[ |]+' '$2 + 0 { jobs++; if ($(NF - 1) != "T") wrong = wrong " " $3 } END { print jobs wrong }')
expected='21 BackupSlow BackupNas'
[ "$told" = "$expected" ] || { printf 'expected as jobs %s, got %s\n' "$expected" "$told" >&2; exit 1; }

stop_daemons
stop_catalog
