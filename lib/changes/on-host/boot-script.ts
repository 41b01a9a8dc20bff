import { shellQuote } from '@/lib/ssh/quote'

const name = 'pollux-boot'

/**
 * The shell functions `hook` and `unhook`: a start script that takes back, before the network is up, what a reboot cut
 * short (rule 5). systemd reads the unit at the next boot, without a reload (systemd.unit(5), "Wants=" folders);
 * insserv and update-rc.d order what has LSB headers, an rcS.d without them is a plain folder of links. `hook` returns 1
 * where the host runs nothing at boot that we know. `unhook` leaves nothing of it, unless another change needs it.
 */
export const hookScript = `# place_boot: by a link, which needs no free block, so that it also goes where a disk is full.
place_boot() {
  cmp -s "$D/boot" "$ROOT/boot" && return 0
  rm -f "$ROOT/boot"
  { ln "$D/boot" "$ROOT/boot" 2>/dev/null || cp "$D/boot" "$ROOT/boot"; } && flush "$ROOT/boot" "$ROOT"
}

# has_init: the first process is one that runs start scripts. In a container it is whatever was put there.
has_init() {
  [ -z "$SYS" ] || return 0
  read -r first name rest < /proc/1/stat && [ "$name" = '(init)' ]
}

hook() {
  if [ -d "$SYS/run/systemd/system" ]; then
    place_boot && mkdir -p "$SYS/etc/systemd/system/sysinit.target.wants" &&
    printf '%s\\n' '[Unit]' 'Description=Pollux: take back a change that a reboot cut short' 'DefaultDependencies=no' \\
      'After=local-fs.target' 'Wants=network-pre.target' 'Before=network-pre.target sysinit.target shutdown.target' \\
      'Conflicts=shutdown.target' "RequiresMountsFor=$ROOT" '[Service]' 'Type=oneshot' 'KillMode=process' 'TimeoutStartSec=10min' \\
      "ExecStart=/bin/sh $ROOT/boot" > "$SYS/etc/systemd/system/${name}.service" &&
    chmod 644 "$SYS/etc/systemd/system/${name}.service" && ln -sf ../${name}.service "$SYS/etc/systemd/system/sysinit.target.wants/${name}.service" &&
    flush "$SYS/etc/systemd/system/${name}.service" "$SYS/etc/systemd/system/sysinit.target.wants" "$SYS/etc/systemd/system"
  elif [ -d "$SYS/etc/rcS.d" ] && [ -d "$SYS/etc/init.d" ] && has_init; then
    place_boot && printf '%s\\n' '#!/bin/sh' '### BEGIN INIT INFO' '# Provides: ${name}' '# Required-Start: $local_fs' '# Required-Stop:' \\
      '# X-Start-Before: networking ifupdown-clean networking.init' '# Default-Start: S' '# Default-Stop:' \\
      '# Short-Description: take back a change that a reboot cut short' '### END INIT INFO' \\
      "[ \\"\\$1\\" = start ] && exec /bin/sh $ROOT/boot" 'exit 0' > "$SYS/etc/init.d/${name}" &&
    chmod 755 "$SYS/etc/init.d/${name}" || return 1
    if [ -z "$SYS" ] && command -v update-rc.d >/dev/null 2>&1; then
      update-rc.d ${name} defaults >/dev/null 2>&1
    elif [ -z "$SYS" ] && command -v insserv >/dev/null 2>&1; then
      insserv ${name} >/dev/null 2>&1
    else
      ln -sf ../init.d/${name} "$SYS/etc/rcS.d/S12${name}"
    fi && sync
  else
    return 1
  fi
}

# others_open: whether another change here is under way, whose way back at boot must stay.
others_open() {
  for other in "$ROOT"/changes/*; do
    [ "$other" != "$D" ] && [ -d "$other/state" ] || continue
    open=
    for state in armed confirmed reverting; do [ -e "$other/state/$state" ] && open=1; done
    for state in "$other"/state/end.*; do [ -e "$state" ] && open=; done
    [ -z "$open" ] || return 0
  done
  return 1
}

unhook() {
  others_open && return 0
  [ ! -e "$ROOT/boot" ] || rm -f "$ROOT/boot"
  if [ -e "$SYS/etc/systemd/system/${name}.service" ] || [ -L "$SYS/etc/systemd/system/sysinit.target.wants/${name}.service" ]; then
    rm -f "$SYS/etc/systemd/system/sysinit.target.wants/${name}.service" "$SYS/etc/systemd/system/${name}.service"
    rmdir "$SYS/etc/systemd/system/sysinit.target.wants" 2>/dev/null
  fi
  [ -e "$SYS/etc/init.d/${name}" ] || return 0
  rm -f "$SYS/etc/init.d/${name}" "$SYS"/etc/rcS.d/S??${name}
  [ -n "$SYS" ] || ! command -v update-rc.d >/dev/null 2>&1 || update-rc.d ${name} remove >/dev/null 2>&1
  return 0
}
`

/** What the start script runs: every change that was under way when the host went down takes itself back. */
export function bootScript(root: string): string {
  return `#!/bin/sh
# Pollux: takes back, before the network is up, what a reboot cut short. It stands only while a change is under way.
for guard in ${shellQuote(root)}/changes/*/guard; do
  [ -f "$guard" ] && /bin/sh "$guard" --boot
done
exit 0
`
}
