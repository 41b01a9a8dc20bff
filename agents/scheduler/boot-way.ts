import type { FoundDocument, Identity, SchedulerFacts } from './facts'
import { startScripts } from './start-scripts'
import { RULE_FILE } from './udev-rules'

/** How this host sets something at every boot. */
export type BootWay =
  | { way: 'udev'; path: string; reload: '--reload' | '--reload-rules' }
  | { way: 'rc-local'; path: string; document: FoundDocument }
  /** A sentence without the host's name in front: "has neither …". */
  | { way: 'none'; why: string }

/** From here on `udevadm trigger --sysname-match --action=change` and ENV{DEVTYPE} are there (Ubuntu 10.04). */
const OLDEST_UDEV = 151
/** udev became part of systemd with 183, and `--reload` its word. */
const FIRST_WITH_RELOAD = 183

/** Chooses by what the host has, never by its name: udev when it runs and is new enough, else the rc.local that is run. */
export function bootWayOf(facts: SchedulerFacts): BootWay {
  const { udev } = facts
  if (udev.tool === 'udevadm' && udev.running && udev.version !== null && udev.version >= OLDEST_UDEV) {
    return { way: 'udev', path: RULE_FILE, reload: udev.version >= FIRST_WITH_RELOAD ? '--reload' : '--reload-rules' }
  }
  const noUdev = udev.running
    ? udev.version === null
      ? 'has a udev that does not tell its version'
      : `has udev ${udev.version}, too old for rules by disk`
    : 'has no running udev'
  if (!isRcLocalRun(facts)) {
    return { way: 'none', why: `${noUdev}, and nothing on it runs /etc/rc.local at boot` }
  }
  const scripts = startScripts(facts)
  const script = scripts.find(({ document }) => document.state !== 'absent') ?? scripts[0]
  return script ? { way: 'rc-local', ...script } : { way: 'none', why: `${noUdev}, and no start script` }
}

// systemd-rc-local-generator(8) looks for the file itself; sysv hosts have a start link.
function isRcLocalRun({ init, rcLinks }: SchedulerFacts): boolean {
  return init === 'systemd' || rcLinks === null || rcLinks.length > 0
}

/** What an rc.local can find a device by: what stands in /sys. */
export function rcIdentity(device: { name: string; identity: Identity }): Identity {
  const { kind } = device.identity
  return kind === 'name' || kind === 'attr' ? device.identity : { kind: 'name', value: device.name, also: null }
}
