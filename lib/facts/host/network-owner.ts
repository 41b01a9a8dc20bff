import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, textsOf, whyNot } from './found'

const stacks = ['ifupdown', 'netplan', 'systemd-networkd', 'NetworkManager', 'red-hat-scripts'] as const

export const networkOwnerSchema = z.object({
  /** Who sets the addresses at boot: where a lasting change to them belongs. null when nothing tells. */
  owner: z.enum(stacks).nullable(),
  stacks: z.array(
    z.object({
      name: z.enum(stacks),
      /** Its files that name an interface other than the loopback. */
      files: z.array(z.string()),
      /** Whether its unit runs; null where the host has no units. */
      running: z.boolean().nullable(),
    }),
  ),
})
export type NetworkOwnerFacts = z.infer<typeof networkOwnerSchema>
type Stack = (typeof stacks)[number]

const paths = z.array(z.string())

/** Files by stack, as the probe alone can tell. */
export const networkFilesSchema = z.object({
  ifupdown: paths,
  netplan: paths,
  'systemd-networkd': paths,
  NetworkManager: paths,
  'red-hat-scripts': paths,
})
export type NetworkFiles = z.infer<typeof networkFilesSchema>

export const networkOwnerProbe = defineProbe({
  id: 'networkOwner',
  timeoutS: 5,
  readings: {
    files: {
      kind: 'files',
      globs: [
        '/etc/network/interfaces',
        '/etc/network/interfaces.d/*',
        '/etc/netplan/*.yaml',
        '/etc/systemd/network/*.network',
        '/run/systemd/network/*.network',
        '/etc/NetworkManager/NetworkManager.conf',
        '/etc/sysconfig/network-scripts/ifcfg-*',
      ],
    },
  },
  parse: parseNetworkFiles,
})

/** Only which files there are and that they say something is kept; their text (it may hold a Wi-Fi password) is not. */
export function parseNetworkFiles(raw: RawReadings<'files'>): Found<NetworkFiles> {
  if (raw.files.state === 'not-read') return whyNot(raw.files)
  const files: NetworkFiles = {
    ifupdown: [],
    netplan: [],
    'systemd-networkd': [],
    NetworkManager: [],
    'red-hat-scripts': [],
  }
  for (const [path, text] of textsOf(raw.files)) {
    if (path.startsWith('/etc/network/')) {
      const own = /^\s*(?:iface|auto|allow-\S+)\s+(?!lo\b)\S+/m.test(text)
      if (own) files.ifupdown.push(clip(path))
    } else if (path.startsWith('/etc/netplan/')) {
      files.netplan.push(clip(path))
    } else if (path.includes('/systemd/network/')) {
      files['systemd-networkd'].push(clip(path))
    } else if (path.startsWith('/etc/NetworkManager/')) {
      files.NetworkManager.push(clip(path))
    } else if (!path.endsWith('/ifcfg-lo')) {
      files['red-hat-scripts'].push(clip(path))
    }
  }
  return found(files)
}

const units: Readonly<Record<Stack, readonly string[]>> = {
  ifupdown: ['networking.service'],
  // netplan only renders; one of the two below runs.
  netplan: ['systemd-networkd.service', 'NetworkManager.service'],
  'systemd-networkd': ['systemd-networkd.service'],
  NetworkManager: ['NetworkManager.service'],
  'red-hat-scripts': ['network.service'],
}

/**
 * Who owns the network: a stack with files of its own whose unit runs, in the order in which they override each other on
 * the distributions (netplan renders for the others; ifupdown keeps what its file names from NetworkManager).
 */
export function networkOwnerOf(files: NetworkFiles, runningUnits: ReadonlySet<string> | null): NetworkOwnerFacts {
  const known = stacks.map((name) => ({
    name,
    files: [...files[name]],
    running: runningUnits === null ? null : units[name].some((unit) => runningUnits.has(unit)),
  }))
  const present = known.filter((stack) => stack.files.length > 0 && stack.running !== false)
  const byOrder = ['netplan', 'ifupdown', 'systemd-networkd', 'NetworkManager', 'red-hat-scripts'] as const
  const owner = byOrder.find((name) => present.some((stack) => stack.name === name)) ?? null
  return {
    owner,
    stacks: known.filter((stack) => stack.files.length > 0 || (stack.running === true && stack.name !== 'netplan')),
  }
}
