import type { MountLine } from './parse-mounts'

export interface PlaceInput {
  attrs: ReadonlyMap<string, string>
  links: ReadonlyMap<string, string>
  mounts: readonly MountLine[]
  swaps: readonly string[]
  cmdline: string
}

export interface Place {
  mounts: { at: string; type: string; source: string }[]
  swap: boolean
}

/** What is mounted on each device itself or on its partitions; what lies on md and dm is found at those. */
export function mountsByDevice(input: PlaceInput, names: readonly string[]): Map<string, Place> {
  const nodes = nodeOwners(input, names)
  const places = new Map<string, Place>(names.map((name) => [name, { mounts: [], swap: false }]))
  for (const mount of input.mounts) {
    const place = placeOf(mount.source)
    if (place) place.mounts.push({ at: mount.at, type: mount.type, source: mount.source })
  }
  for (const swap of input.swaps) {
    const place = placeOf(swap)
    if (place) place.swap = true
  }
  return places

  function placeOf(source: string): Place | undefined {
    const name = nodes.get(resolveSource(input, source))
    return name === undefined ? undefined : places.get(name)
  }
}

/** Which device each node in /dev belongs to: its own, its partitions', its device-mapper name. */
function nodeOwners({ attrs }: PlaceInput, names: readonly string[]): Map<string, string> {
  const owners = new Map<string, string>()
  for (const name of names) {
    owners.set(nodeOf(name), name)
    const mapped = attrs.get(`/sys/block/${name}/dm/name`)?.trim()
    if (mapped) owners.set(`/dev/mapper/${mapped}`, name)
  }
  for (const path of attrs.keys()) {
    const [, name, partition] = /^\/sys\/block\/([^/]+)\/([^/]+)\/start$/.exec(path) ?? []
    if (name !== undefined && partition !== undefined) owners.set(nodeOf(partition), name)
  }
  return owners
}

// /dev/root is no node on most hosts: the kernel's own root= says what it stands for.
function resolveSource({ links, cmdline }: PlaceInput, source: string): string {
  const linked = links.get(source)
  if (linked) return linked
  if (source !== '/dev/root' && source !== 'rootfs') return source
  const root = /(?:^|\s)root=(\S+)/.exec(cmdline)?.[1] ?? ''
  const uuid = /^UUID=(.+)$/.exec(root)?.[1]
  if (uuid) return links.get(`/dev/disk/by-uuid/${uuid}`) ?? source
  return root.startsWith('/dev/') ? (links.get(root) ?? root) : source
}

function nodeOf(name: string): string {
  return `/dev/${name.replaceAll('!', '/')}`
}
