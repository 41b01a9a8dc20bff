import type { Step } from '@/lib/agent'

/** The shell functions that these kinds of steps stand on; only those that the change needs go to the host. */
export function kindsScript(steps: readonly Step[]): string {
  const kinds = new Set(steps.map((step) => step.kind))
  return [
    kinds.has('address') ? addressScript : '',
    kinds.has('install') ? installScript : '',
    kinds.has('job') ? jobScript : '',
  ].join('')
}

/**
 * Addresses by iproute2. Whether somebody else holds one is asked by ARP (RFC 5227; three programs are called arping and
 * say it in two ways) and by ping, which also reaches through a router.
 */
const addressScript = `# has_address DEVICE CIDR
has_address() {
  case " $(ip -o addr show dev "$1" 2>/dev/null | tr '\\n' ' ') " in *" inet $2 "* | *" inet6 $2 "*) return 0 ;; esac
  return 1
}

# put_on STEP DEVICE CIDR LABEL ANNOUNCE
put_on() {
  if [ -n "$4" ]; then told "$1" limited 10 ip addr add "$3" dev "$2" label "$4" || return 1
  else told "$1" limited 10 ip addr add "$3" dev "$2" || return 1
  fi
  case "$3" in *:*)
    # The kernel looks for a duplicate itself (RFC 4862); until it has, the address is not there.
    tries=0
    while ip -o -6 addr show dev "$2" to "$3" 2>/dev/null | grep -q tentative; do
      if ip -o -6 addr show dev "$2" to "$3" | grep -q dadfailed; then
        say out "$1" 'Another machine holds this address already.'
        ip addr del "$3" dev "$2"; return 1
      fi
      tries=$((tries + 1)); [ "$tries" -lt 50 ] || return 1
      nap 2
    done ;;
  esac
  [ -z "$5" ] || announce "$1" "$2" "\${3%/*}"
  return 0
}

# take_off STEP DEVICE CIDR
take_off() { told "$1" limited 10 ip addr del "$3" dev "$2"; }

# arping_kind: sets ARPING to iputils, busybox, habets or none.
arping_kind() {
  ARPING=none
  command -v arping >/dev/null 2>&1 || return 0
  case "$(arping -V 2>&1)" in *iputils*) ARPING=iputils ;; *BusyBox*) ARPING=busybox ;; *) ARPING=habets ;; esac
}

# announce STEP DEVICE ADDRESS: tells the neighbours who has it now. Nobody depends on it: caches end by themselves.
announce() {
  arping_kind
  case "$ARPING:$3" in
  *:*:* | none:*) ;;
  habets:*) limited 10 arping -q -U -c 3 -S "$3" -i "$2" "$3" >/dev/null 2>&1 || : ;;
  *) limited 10 arping -q -U -c 3 -I "$2" "$3" >/dev/null 2>&1 || : ;;
  esac
  return 0
}

# held DEVICE ADDRESS: 0 when another machine answers for it, 1 when none does, 2 when this host has nothing to ask with.
# Without a carrier nobody can be asked, and it may well be held: 0.
held() {
  case "$(ip -o link show dev "$1" 2>/dev/null)" in *LOWER_UP*) ;; *) return 0 ;; esac
  answer=2
  arping_kind
  case "$ARPING:$2" in
  *:*:* | none:*) ;;
  habets:*) answer=1; limited 10 arping -q -c 2 -i "$1" "$2" >/dev/null 2>&1 && return 0 ;;
  *) answer=1; limited 10 arping -q -D -c 2 -w 3 -I "$1" "$2" >/dev/null 2>&1; [ $? = 1 ] && return 0 ;;
  esac
  if command -v ping >/dev/null 2>&1; then
    answer=1
    limited 10 ping -c 2 -w 3 "$2" >/dev/null 2>&1 && return 0
  fi
  return "$answer"
}

# alone STEP DEVICE CIDR: nobody else holds it, or nobody can tell.
alone() {
  held "$2" "\${3%/*}"
  case $? in
  0) say out "$1" "Another machine answers for \${3%/*}."; return 1 ;;
  2) say out "$1" "Neither arping nor ping is here: whether another machine holds \${3%/*} could not be asked." ;;
  esac
  return 0
}

# until_alone STEP DEVICE CIDR: waits until nobody else holds it, for as long as it takes. Whoever is told meanwhile that
# the change stands, which is then the other's, takes it no more: what was proved stands here too, unless something of it
# was taken back already. 1 then, and the rest is taken back as well.
until_alone() {
  told_held=
  while ! has stands && held "$2" "\${3%/*}"; do
    [ -n "$told_held" ] || say waits "$1" "Another machine still answers for \${3%/*}: it is taken again when nobody does."
    told_held=1
    sleep 1
  done
  has stands || return 0
  say out "$1" "The change stands: \${3%/*} is not taken again."
  if has proved && [ -z "$given_back" ] && mv "$D/state/reverting" "$D/state/confirmed"; then
    flush "$D/state"
    close
    exit
  fi
  return 1
}

`

/**
 * Packages by apt. Nothing starts by itself while they come in (invoke-rc.d(8), deb-systemd-invoke ask policy-rc.d).
 * What was cut short is brought to an end by the undo, so that dpkg is left whole: what was unpacked is configured
 * (dpkg(1), --configure), what came only by half goes again (--force-remove-reinstreq). dpkg writes its whole status
 * anew for that, so room for it is kept.
 */
const installScript = `are_installed() {
  for package in "$@"; do
    case "$(dpkg-query -W -f='\${Status}' "$package" 2>/dev/null)" in *' installed') ;; *) return 1 ;; esac
  done
}

# are_whole PACKAGES…: each is installed, or not there.
are_whole() {
  for package in "$@"; do
    case "$(dpkg-query -W -f='\${Status}' "$package" 2>/dev/null)" in
    *' ok installed' | *' ok not-installed' | *' ok config-files' | '') ;;
    *) return 1 ;;
    esac
  done
}

hold_services() {
  [ ! -e /usr/sbin/policy-rc.d ] || return 0
  touch "$D/policy" && printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
}
free_services() { [ ! -e "$D/policy" ] || { rm -f /usr/sbin/policy-rc.d && rm -f "$D/policy"; }; }

# keep_room: what dpkg needs to end what it began, also on a disk that is full by then.
keep_room() {
  size=$(wc -c < /var/lib/dpkg/status) || return 1
  dd if=/dev/zero of="$D/dpkg.room" bs=1024 count=$((size / 512 + 1024)) 2>/dev/null && flush "$D/dpkg.room" && return 0
  rm -f "$D/dpkg.room"; return 1
}

# apt_install STEP SECONDS PACKAGES…
apt_install() {
  step=$1; seconds=$2; shift 2
  are_installed "$@" && return 0
  keep_room || { say out "$step" 'There is no room for dpkg to work in.'; return 1; }
  touch "$D/installs.$step" && flush "$D/installs.$step" && hold_services || return 1
  DEBIAN_FRONTEND=noninteractive; NEEDRESTART_MODE=l; UCF_FORCE_CONFFOLD=1
  export DEBIAN_FRONTEND NEEDRESTART_MODE UCF_FORCE_CONFFOLD
  # With a terminal of its own dpkg would go on where apt-get was ended.
  told "$step" limited "$seconds" apt-get -q -y --no-install-recommends --no-remove -o DPkg::Lock::Timeout=60 \\
    -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install "$@" </dev/null
  code=$?
  free_services
  [ "$code" != 0 ] || rm -f "$D/dpkg.room"
  return "$code"
}

# apt_settle STEP SECONDS: ends what an installation began. Where nothing is open dpkg is not asked to write.
apt_settle() {
  [ -e "$D/installs.$1" ] || return 0
  rm -f "$D/dpkg.room"
  if [ -z "$(dpkg --audit 2>&1)" ]; then free_services; return; fi
  hold_services
  dpkg_alone "$1" "$2" --force-confold --configure -a
  code=$?
  halves=$(dpkg-query -W -f='\${Status} \${Package}\\n' 2>/dev/null | sed -n 's/^[a-z]* [a-z]* half-installed //p; s/^[a-z]* reinstreq [a-z-]* //p')
  if [ -n "$halves" ]; then
    # It is asked for by names: each of them is a word.
    dpkg_alone "$1" "$2" --force-remove-reinstreq --remove $halves
    dpkg_alone "$1" "$2" --force-confold --configure -a
    code=$?
  fi
  free_services
  return "$code"
}

# dpkg_alone STEP SECONDS WORDS…: once nobody else has dpkg's lock, an ended apt-get's children among them.
dpkg_alone() {
  step=$1; seconds=$2; left=$2; shift 2
  until limited "$seconds" dpkg "$@" > "$D/out" 2>&1 </dev/null; do
    code=$?
    grep -q '^dpkg: error: dpkg .*lock' "$D/out" && [ "$left" -gt 0 ] || { quoted "$step"; return "$code"; }
    [ "$left" -lt "$seconds" ] || say waits "$step" 'Another process works with dpkg.'
    left=$((left - 1))
    sleep 1
  done
  quoted "$step"
}

# units_off STEP UNITS…: only where the installation was this change's.
units_off() {
  step=$1; shift
  [ -e "$D/installs.$step" ] || return 0
  for unit in "$@"; do
    if [ -d /run/systemd/system ]; then
      systemctl cat "$unit" >/dev/null 2>&1 || continue
      told "$step" limited 60 systemctl disable --now "$unit"
    elif [ -e "/etc/init.d/\${unit%.service}" ]; then
      told "$step" limited 60 "/etc/init.d/\${unit%.service}" stop </dev/null
      told "$step" limited 60 update-rc.d "\${unit%.service}" disable
    fi
  done
}

# units_are_off STEP UNITS…
units_are_off() {
  step=$1; shift
  [ -e "$D/installs.$step" ] || return 0
  for unit in "$@"; do
    if [ -d /run/systemd/system ]; then
      case "$(systemctl is-active "$unit" 2>/dev/null)" in active | activating) return 1 ;; esac
      case "$(systemctl is-enabled "$unit" 2>/dev/null)" in enabled) return 1 ;; esac
    else
      for link in /etc/rc[2-5].d/S??"\${unit%.service}"; do [ ! -e "$link" ] || return 1; done
    fi
  done
}

`

/** Long work: followed as long as it shows progress; meanwhile the deadline moves along. */
const jobScript = `job_runs() { case "$(cat "/proc/$job/stat" 2>/dev/null)" in '' | *') Z '*) return 1 ;; esac; }

end_job() {
  for kid in $(family "$job"); do kill -s KILL "$kid" 2>/dev/null; done
  await "$job" 2>/dev/null
}

# follow_job STEP STALL: waits for the process $job; 1 when it failed, was stuck, or was told to stop.
follow_job() {
  seen=; quiet=0; next=0; ended_early=
  while job_runs; do
    if has cancel || [ -n "$STOP" ]; then ended_early='It was told to stop.'; break; fi
    now=$(progress_"$1")
    if [ "$now" != "$seen" ]; then
      seen=$now; quiet=0
      if [ "$next" -le 0 ]; then say out "$1" "\${now%%"$NL"*}"; next=30; fi
    fi
    [ "$quiet" -lt "$2" ] || { ended_early="It showed no progress for $2 s."; break; }
    set_deadline "$DEADLINE"
    sleep 1
    quiet=$((quiet + 1)); next=$((next - 1))
  done
  if [ -n "$ended_early" ]; then end_job; code=1; else await "$job"; code=$?; fi
  tail -n 50 "$D/job.out" > "$D/out" 2>/dev/null
  quoted "$1"
  [ -z "$ended_early" ] || say out "$1" "$ended_early"
  time_left; say armed - "$LEFT"
  return "$code"
}

`
