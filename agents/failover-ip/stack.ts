import type { ConfigFile } from '@/lib/agent/config-file'
import { hasIface, parseInterfaces } from '@/lib/agent/interfaces'
import type { DeviceFacts } from './facts'

type Stack = Pick<DeviceFacts, 'stack' | 'stackBecause' | 'networkFile'>

interface Evidence {
  /** What programs keep in /run, by path. */
  state: ReadonlyMap<string, string>
  files: Readonly<Record<string, ConfigFile>>
  hasIfup: boolean
}

/** What holds the addresses of a device, by what each program itself says, never by the system's name. */
export function stackOf(device: { name: string; index: number }, evidence: Evidence): Stack {
  const claims = [networkManager(device, evidence), networkd(device, evidence), ifupdown(device, evidence)].filter(
    (claim) => claim !== null,
  )
  const [first, second] = claims
  if (first && second) {
    return {
      stack: 'unclear',
      stackBecause: `${first.stackBecause}, and ${second.stackBecause}`,
      networkFile: first.networkFile ?? second.networkFile,
    }
  }
  return first ?? other(device, evidence)
}

// NetworkManager keeps one keyfile per device that it looks at, named after its index.
function networkManager({ name, index }: { name: string; index: number }, { state }: Evidence): Stack | null {
  const text = state.get(`/run/NetworkManager/devices/${index}`)
  if (text === undefined || !/^managed=true$/m.test(text)) return null
  const byNetplan = [...state.keys()].some(
    (path) => path === `/run/NetworkManager/system-connections/netplan-${name}.nmconnection`,
  )
  const stackBecause = `NetworkManager manages ${name}${byNetplan ? ', as netplan told it' : ''}`
  return { stack: 'networkmanager', stackBecause, networkFile: null }
}

function networkd({ name, index }: { name: string; index: number }, { state }: Evidence): Stack | null {
  const text = state.get(`/run/systemd/netif/links/${index}`) ?? ''
  const admin = /^ADMIN_STATE=(\w+)$/m.exec(text)?.[1]
  const file = /^NETWORK_FILE=(\/[^\n]*\.network)$/m.exec(text)?.[1]
  if (file === undefined || !['configured', 'configuring', 'pending', 'initialized', 'failed'].includes(admin ?? ''))
    return null
  const byNetplan = file.startsWith('/run/systemd/network/10-netplan-')
  return {
    stack: byNetplan ? 'netplan' : 'networkd',
    stackBecause: byNetplan
      ? `networkd configures ${name} as netplan told it`
      : `networkd configures ${name} from ${file}`,
    networkFile: file,
  }
}

function ifupdown({ name }: { name: string }, { state, files, hasIfup }: Evidence): Stack | null {
  if (!hasIfup) return null
  const where = Object.entries(files).find(
    ([path, file]) =>
      path.startsWith('/etc/network/') &&
      file.state === 'there' &&
      file.type === 'file' &&
      hasIface(parseInterfaces(file.bytes), name),
  )
  if (!where) return null
  const states = [...state].filter(([path]) => /\/ifstate(\.[^/]*)?$/.test(path))
  const isUp = states.some(([, text]) => text.split('\n').some((line) => line === `${name}=${name}` || line === name))
  // A stanza that nobody brought up holds nothing now: another program may.
  if (states.length > 0 && !isUp) return null
  return { stack: 'ifupdown', stackBecause: `ifupdown brings up ${name} from ${where[0]}`, networkFile: null }
}

function other({ name }: { name: string }, { state }: Evidence): Stack {
  const named = (stackBecause: string): Stack => ({ stack: 'other', stackBecause, networkFile: null })
  if (state.has(`/etc/sysconfig/network-scripts/ifcfg-${name}`)) return named(`${name} is set up by ifcfg files`)
  if (state.has('/run/dhcpcd/pid')) return named(`dhcpcd runs and may hold ${name}`)
  if (state.has('/run/connman/resolv.conf')) return named(`ConnMan runs and may hold ${name}`)
  return { stack: 'none', stackBecause: `Nothing that Pollux knows holds ${name}`, networkFile: null }
}
