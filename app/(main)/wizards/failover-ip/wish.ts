import type { HostView } from '@/agents/failover-ip/view'

export interface HostAddresses extends HostView {
  hostId: string
  name: string
}

/** What was typed and chosen so far; kept as a draft. */
export interface Wish {
  operation: 'add' | 'remove' | 'move'
  address: string
  label: string
  /** "HOST DEVICE ADDRESS" */
  from: string
  /** "HOST DEVICE" */
  to: string
  keep: 'boot' | 'live-only'
  announce: boolean
}

/** Where an address can be put: every device of every host that can be changed. */
export function targetsOf(hosts: readonly HostAddresses[]) {
  return hosts
    .filter((host) => host.whyNot === null)
    .flatMap((host) => host.devices.map((device) => ({ key: `${host.hostId} ${device.name}`, host, device })))
}

/** Addresses that can be taken off or moved, those that look like failover IPs first. */
export function sourcesOf(hosts: readonly HostAddresses[]) {
  const all = targetsOf(hosts).flatMap(({ key, host, device }) =>
    device.addresses
      .filter((address) => address.isMovable)
      .map((address) => ({ key: `${key} ${address.cidr}`, host, device, address })),
  )
  return [...all.filter((one) => one.address.isFailover), ...all.filter((one) => !one.address.isFailover)]
}

/** What the form starts with: the draft as far as it still fits what was read. */
export function firstWish(hosts: readonly HostAddresses[], kept: Wish | null): Wish {
  const targets = targetsOf(hosts)
  const sources = sourcesOf(hosts)
  const isMovable = hosts.length > 1
  const operation = kept && (kept.operation !== 'move' || isMovable) ? kept.operation : 'add'
  return {
    operation,
    address: kept?.address ?? '',
    label: kept?.label ?? '',
    from: sources.some((one) => one.key === kept?.from) ? (kept?.from ?? '') : (sources[0]?.key ?? ''),
    to: targets.some((one) => one.key === kept?.to) ? (kept?.to ?? '') : (targets[0]?.key ?? ''),
    keep: kept?.keep ?? 'boot',
    announce: kept?.announce ?? true,
  }
}

/** Where the address can go: of a move, not to the host that it comes from. */
export function targetsFor(hosts: readonly HostAddresses[], wish: Wish) {
  const source = sourcesOf(hosts).find((one) => one.key === wish.from)
  const targets = targetsOf(hosts)
  return wish.operation === 'move' ? targets.filter((one) => one.host.hostId !== source?.host.hostId) : targets
}

/** The agent's desired, or null where something is not chosen yet. */
export function desiredOf(hosts: readonly HostAddresses[], wish: Wish): unknown {
  const { operation, keep, announce } = wish
  const source = sourcesOf(hosts).find((one) => one.key === wish.from)
  const target = chosenTarget(hosts, wish)
  const label = wish.label.trim() === '' ? {} : { label: wish.label.trim() }
  const to = target ? { hostId: target.host.hostId, device: target.device.name, ...label } : null
  const from = source ? { hostId: source.host.hostId, device: source.device.name } : null
  if (operation === 'add') return to && { operation, address: wish.address, to, keep, announce }
  if (!source || !from) return null
  const address = source.address.cidr
  if (operation === 'remove') return { operation, address, from, keep }
  return to && { operation, address, from, to, keep, announce }
}

/** The chosen device, or the first that is possible. */
export function chosenTarget(hosts: readonly HostAddresses[], wish: Wish) {
  const targets = targetsFor(hosts, wish)
  return targets.find((one) => one.key === wish.to) ?? targets[0]
}

/** The address that the wish is about, as far as it is known. */
export function addressOf(hosts: readonly HostAddresses[], wish: Wish): string {
  if (wish.operation === 'add') return wish.address
  return sourcesOf(hosts).find((one) => one.key === wish.from)?.address.cidr ?? ''
}
