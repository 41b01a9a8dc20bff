import { ownFront } from '../mesh/names'

/** A mesh by its tag: all that the firewall's names are made of. */
export interface Tagged {
  tag: string
}

export type Way = 'in' | 'out'

export const ways: readonly Way[] = ['in', 'out']

/**
 * The chains of iptables for one way: the `gate` that the admin's chain jumps to, which lets pass all that is no mesh's;
 * the `devices` of the tunnels; the `peers` by their outer addresses; and what is done with a `peer`'s packets. At most 25
 * characters, of the 28 that iptables takes.
 */
export function chainsOf({ tag }: Tagged, way: Way) {
  const gate = `${chainFront({ tag })}${way}`
  return { gate, devices: `${gate}-devices`, peers: `${gate}-peers`, peer: `${gate}-peer` }
}

/** The front of every chain of a mesh, and of no other's: a tag has no hyphen. */
export function chainFront({ tag }: Tagged): string {
  return `POLLUX-${tag}-`
}

/** The mesh's own table in nftables. */
export function nftTable({ tag }: Tagged): string {
  return `pollux_${tag}`
}

/** The mesh's chain for one way in an admin's table. */
export function nftChain({ tag }: Tagged, way: Way): string {
  return `pollux_${tag}_${way}`
}

/** The zone of the tunnels and the policy of the peers in firewalld: at most 17 characters. */
export function firewalldNames({ tag }: Tagged) {
  return { zone: `${ownFront({ tag })}zone`, policy: `${ownFront({ tag })}in` }
}

const FOLDER = '/etc/pollux'

/** The files that the firewall's part of a mesh may have on a host. */
export function firewallPaths({ tag }: Tagged) {
  const name = `${ownFront({ tag })}firewall`
  const { zone, policy } = firewalldNames({ tag })
  return {
    /** Loads the rules where they are missing: run at boot. */
    loader: `${FOLDER}/${name}`,
    rules: `${FOLDER}/${name}.rules`,
    unit: `/etc/systemd/system/${name}.service`,
    hook: `/etc/network/if-pre-up.d/${name}`,
    dropIn: `/etc/systemd/system/nftables.service.d/${name}.conf`,
    zone: `/etc/firewalld/zones/${zone}.xml`,
    policy: `/etc/firewalld/policies/${policy}.xml`,
  }
}

/** The unit that runs the loader, and the link by which it is enabled. */
export function firewallUnit({ tag }: Tagged) {
  const unit = `${ownFront({ tag })}firewall.service`
  return { unit, link: `/etc/systemd/system/sysinit.target.wants/${unit}` }
}

/** The rules that netfilter-persistent loads, those that ufw loads, and the link that enables nftables.service. */
export const SAVED_RULES = '/etc/iptables/rules.v4'
export const UFW_RULES = '/etc/ufw/before.rules'
export const NFTABLES_LINK = '/etc/systemd/system/sysinit.target.wants/nftables.service'
/** Where ifupdown looks for what it runs before a device comes up. */
export const HOOKS_FOLDER = '/etc/network/if-pre-up.d'

/** What `firewallPart` must know of a host's files: paths, and patterns of the shell for those of any mesh. */
export const firewallDocuments: readonly string[] = [
  SAVED_RULES,
  UFW_RULES,
  NFTABLES_LINK,
  ...Object.values(firewallPaths({ tag: '*' })),
  firewallUnit({ tag: '*' }).link,
]
