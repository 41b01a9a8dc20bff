import type { ConfigFiles } from '@/lib/agent/config-file'
import type { DeviceFacts } from './facts'

/** What the programs that set up devices keep in /run, and ifupdown's files. */
export interface StackEvidence {
  state: ReadonlyMap<string, string>
  files: ConfigFiles
  hasIfup: boolean
}

/** What sets a device up at boot, by what each program itself says, never by the system's name. */
export function stackOf(
  device: { name: string; index: number },
  { state, files, hasIfup }: StackEvidence,
): DeviceFacts['stack'] {
  const claims = [
    networkManager(device, state),
    networkd(device, state),
    hasIfup && isOfIfupdown(device.name, state, files) ? ('ifupdown' as const) : null,
  ].filter((claim) => claim !== null)
  const [first, second] = claims
  if (first && second) return 'unclear'
  return first ?? (isOfOther(device.name, state) ? 'other' : 'none')
}

// NetworkManager keeps one keyfile for each device that it looks at, named after its index.
function networkManager({ index }: { index: number }, state: StackEvidence['state']): 'networkmanager' | null {
  return /^managed=true$/m.test(state.get(`/run/NetworkManager/devices/${index}`) ?? '') ? 'networkmanager' : null
}

function networkd({ index }: { index: number }, state: StackEvidence['state']): 'netplan' | 'networkd' | null {
  const text = state.get(`/run/systemd/netif/links/${index}`) ?? ''
  const file = /^NETWORK_FILE=(\/[^\n]*\.network)$/m.exec(text)?.[1]
  if (file === undefined || !/^ADMIN_STATE=(configured|configuring|pending|initialized|failed)$/m.test(text))
    return null
  return file.startsWith('/run/systemd/network/10-netplan-') ? 'netplan' : 'networkd'
}

/** A stanza that nobody brought up holds nothing now: another program may. */
function isOfIfupdown(name: string, state: StackEvidence['state'], files: ConfigFiles): boolean {
  const hasStanza = Object.entries(files).some(
    ([path, file]) =>
      path.startsWith('/etc/network/interfaces') &&
      file.state === 'there' &&
      file.bytes.split('\n').some((line) => /^\s*iface\s/.test(line) && line.trim().split(/\s+/)[1] === name),
  )
  const states = [...state].filter(([path]) => /\/ifstate(\.[^/]*)?$/.test(path))
  const isUp = states.some(([, text]) => text.split('\n').some((line) => line === `${name}=${name}` || line === name))
  return hasStanza && (states.length === 0 || isUp)
}

function isOfOther(name: string, state: StackEvidence['state']): boolean {
  const others = [`/etc/sysconfig/network-scripts/ifcfg-${name}`, '/run/dhcpcd/pid', '/run/connman/resolv.conf']
  return others.some((path) => state.has(path))
}
