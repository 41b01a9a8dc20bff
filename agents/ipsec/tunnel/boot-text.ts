import type { Side } from '../mesh/pair'

/** A line that tells whose the file is. Of labels and the tag alone: names may hold anything. */
function whose(tag: string, { own, peer }: Side): string {
  return `# Mesh ${tag}: ${own.label} to ${peer.label}, written by Pollux\n`
}

/** The commands that make the tunnel: each may find its work done, because the device may have been made before. */
function commands({ own, peer, name, mtu }: Side): { make: string; raise: string; address: string; take: string } {
  return {
    make: `[ -d /sys/class/net/${name} ] || ip tunnel add ${name} mode ipip remote ${peer.outer} local ${own.outer} ttl 64`,
    raise: `ip link set dev ${name} mtu ${mtu} up`,
    address: `ip addr replace ${own.inner} peer ${peer.inner}/32 dev ${name}`,
    take: `[ ! -d /sys/class/net/${name} ] || ip tunnel del ${name}`,
  }
}

/** systemd.netdev(5) of 235 and later: `Independent`, or the device would wait for a .network file that names it. */
export function netdevText(tag: string, side: Side): string {
  const { own, peer, name, mtu } = side
  return `${whose(tag, side)}[NetDev]
Name=${name}
Kind=ipip
MTUBytes=${mtu}

[Tunnel]
Independent=yes
Local=${own.outer}
Remote=${peer.outer}
TTL=64
`
}

/** systemd.network(5). The start of the host does not wait for the tunnel, and nobody asks a router behind it. */
export function networkText(tag: string, side: Side): string {
  const { own, peer, name } = side
  return `${whose(tag, side)}[Match]
Name=${name}

[Link]
RequiredForOnline=no

[Network]
LinkLocalAddressing=no
IPv6AcceptRA=no

[Address]
Address=${own.inner}/32
Peer=${peer.inner}/32
`
}

/**
 * A stanza of interfaces(5). Not of its method `tunnel`: that fails where the device is there already, as after this change,
 * and the whole network service with it when somebody starts that again.
 */
export function stanzaText(side: Side): string {
  const { make, raise, address, take } = commands(side)
  return `auto ${side.name}
iface ${side.name} inet manual
	pre-up ${make}
	up ${raise}
	up ${address}
	post-down ${take}
`
}

/** The stanza in a file of its own. */
export function stanzaFile(tag: string, side: Side): string {
  return `${whose(tag, side)}${stanzaText(side)}`
}

/** A unit of systemd for hosts whose network is not kept in files that Pollux writes. */
export function unitText(tag: string, side: Side): string {
  const { make, raise, address, take } = commands(side)
  return `${whose(tag, side)}[Unit]
Description=Tunnel ${side.name}
After=network-pre.target
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c '${make}'
ExecStart=/bin/sh -c '${raise}'
ExecStart=/bin/sh -c '${address}'
ExecStop=/bin/sh -c '${take}'
`
}

/** The drop-in by which the target of a normal start asks for that unit. */
export function wantsText(tag: string, side: Side, unit: string): string {
  return `${whose(tag, side)}[Unit]\nWants=${unit}\n`
}
