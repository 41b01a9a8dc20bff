import type { IpsecFacts } from '../facts/facts'
import { netOf, type Range, rangeOf } from './address-net'

/** A net that a host uses already. */
export interface TakenNet {
  range: Range
  /** Behind the host's name: "has 172.17.0.0/16 on docker0, a network of containers or guests". */
  clause(): string
}

/**
 * Every net of IPv4 that a host has on a device or a route to, but those of the mesh's own tunnels. A default route takes no
 * net, nor do its two halves, by which a VPN overrules it.
 */
export function takenNets({ devices, tunnels, routes }: IpsecFacts, tag: string | null): TakenNet[] {
  const own = new Set(tunnels.map(({ name }) => name).filter((name) => tag !== null && name.startsWith(`${tag}-`)))
  const nets = [
    ...devices
      .filter(({ name }) => !own.has(name))
      .flatMap(({ name, addresses }) =>
        addresses
          .filter(({ family }) => family === 4)
          .flatMap(({ host, peer, prefix }) =>
            peer === null ? [`${host}/${prefix}`] : [`${host}/32`, `${peer}/${prefix}`],
          )
          .map((net) => taken(net, () => `has ${netOf(net)} on ${inWords(name)}`)),
      ),
    ...routes
      .filter(({ device, net }) => !(device !== null && own.has(device)) && !isDefault(net))
      .map(({ net, device, via }) => taken(net, () => `has a route to ${netOf(net)}${wayOf(device, via)}`)),
  ]
  return nets.filter((net) => net !== null)
}

function taken(text: string, clause: () => string): TakenNet | null {
  const range = rangeOf(text)
  return range && { range, clause }
}

function isDefault(net: string): boolean {
  return net === 'default' || /\/[01]$/.test(net)
}

function wayOf(device: string | null, via: string | null): string {
  if (device === null) return via === null ? ' that leads nowhere' : ` by ${via}`
  return ` by ${inWords(device)}`
}

function inWords(device: string): string {
  if (/^(docker|br-[0-9a-f]{12}$|podman|cni|lxcbr|lxdbr|virbr)/.test(device))
    return `${device}, a network of containers or guests`
  return /^(tun|tap|wg|ppp|ipsec|vti|nebula|tailscale|zt)/.test(device) ? `${device}, a VPN` : device
}
