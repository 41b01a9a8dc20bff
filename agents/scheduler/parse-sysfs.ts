import { type ClassifyInput, classify, transportOf } from './classify'
import { type Device, deviceName, schedulerName, schedulerPath } from './facts'
import { chooseIdentities, identityKey, isSerialText, serialFiles } from './identity'
import type { MountLine } from './parse-mounts'
import { attributeOf, flagOf, numberOf } from './parse-readings'
import { findUdevRecord, type UdevRecord } from './parse-udev-db'
import { mountsByDevice } from './place-mounts'

const natural = new Intl.Collator('en', { numeric: true })

export interface SysfsInput {
  attrs: ReadonlyMap<string, string>
  links: ReadonlyMap<string, string>
  udevDb: ReadonlyMap<string, string>
  mounts: readonly MountLine[]
  swaps: readonly string[]
  cmdline: string
}

/** The kernel's list: "noop anticipatory deadline [cfq]"; a lone "none" stands without brackets (block/elevator.c). */
export function parseSchedulers(text: string): { offered: string[]; active: string | null } {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => schedulerName.safeParse(word.replace(/^\[(.*)\]$/, '$1')).success)
  const marked = words.find((word) => word.startsWith('['))?.slice(1, -1)
  const offered = words.map((word) => word.replace(/^\[(.*)\]$/, '$1'))
  return { offered, active: marked ?? (offered.length === 1 ? (offered[0] ?? null) : null) }
}

/** All block devices of the host, in natural order of their names. */
export function parseDevices(input: SysfsInput): Device[] {
  const names = blockNames(input)
  const records = new Map(names.map((name) => [name, recordOf(input, name)]))
  const identities = chooseIdentities(
    names.map((name) => ({
      name,
      serial: records.get(name)?.properties.get('ID_SERIAL') || null,
      path: records.get(name)?.properties.get('ID_PATH') || null,
      attr: serialAttribute(input.attrs, name),
    })),
  )
  const places = mountsByDevice(input, names)
  return names.map((name) => {
    const identity = identities.get(name) ?? { kind: 'name' as const, value: name, also: null }
    const sysfs = sysfsPart(input, name)
    const place = places.get(name) ?? { mounts: [], swap: false }
    const byId = byIdLinks(input, name, records.get(name) ?? null)
    return { key: identityKey(identity), identity, name, ...sysfs, ...place, byId }
  })
}

function blockNames({ attrs, links }: SysfsInput): string[] {
  const found = new Set<string>()
  for (const path of [...attrs.keys(), ...links.keys()]) {
    const name = /^\/sys\/block\/([^/]+)/.exec(path)?.[1]
    // A name outside the pattern could leave its folder or a script's quotes; no kernel driver makes one.
    if (name !== undefined && deviceName.safeParse(name).success) found.add(name)
  }
  return [...found].sort(natural.compare)
}

function recordOf({ attrs, udevDb }: SysfsInput, name: string): UdevRecord | null {
  return findUdevRecord(udevDb, name, attributeOf(attrs, `/sys/block/${name}/dev`))
}

function serialAttribute(attrs: ReadonlyMap<string, string>, name: string): { file: string; value: string } | null {
  const base = `/sys/block/${name}`
  for (const file of serialFiles) {
    const value = attributeOf(attrs, `${base}/${file}`)
    if (value !== null && isSerialText(value)) return { file, value }
  }
  return null
}

function sysfsPart({ attrs, links }: SysfsInput, name: string) {
  const base = `/sys/block/${name}`
  const sysPath = links.get(base) ?? links.get(`${base}/device`) ?? null
  const host = /\/host(\d+)\//.exec(`${sysPath ?? ''}/`)?.[1]
  const dmUuid = attributeOf(attrs, `${base}/dm/uuid`)
  const input: ClassifyInput = {
    name,
    sysPath,
    driver: host === undefined ? null : attributeOf(attrs, `/sys/class/scsi_host/host${host}/proc_name`),
    vendor: attributeOf(attrs, `${base}/device/vendor`),
    model: attributeOf(attrs, `${base}/device/model`),
    dmUuid,
  }
  const list = attributeOf(attrs, schedulerPath(name))
  const sectors = numberOf(attrs, `${base}/size`)
  return {
    sysPath,
    kind: classify(input),
    transport: transportOf(input),
    driver: input.driver,
    // A PCI vendor number ("0x1af4") tells a person nothing.
    vendor: input.vendor?.startsWith('0x') ? null : input.vendor,
    model: input.model,
    // The kernel counts in sectors of 512 bytes whatever the disk's own (Documentation/ABI/stable/sysfs-block).
    sizeBytes: sectors === null ? null : sectors * 512,
    removable: flagOf(attrs, `${base}/removable`),
    schedulerFile: attrs.has(schedulerPath(name)) ? ('there' as const) : ('absent' as const),
    ...parseSchedulers(list ?? ''),
    rotational: flagOf(attrs, `${base}/queue/rotational`),
    nrRequests: numberOf(attrs, `${base}/queue/nr_requests`),
    zoned: attributeOf(attrs, `${base}/queue/zoned`),
    logicalBlockSize: numberOf(attrs, `${base}/queue/logical_block_size`),
    partitions: childrenOf(attrs, new RegExp(`^${escapeRegExp(base)}/([^/]+)/start$`)),
    holders: childrenOf(links, new RegExp(`^${escapeRegExp(base)}/(?:[^/]+/)?holders/([^/]+)$`)),
    slaves: childrenOf(links, new RegExp(`^${escapeRegExp(base)}/slaves/([^/]+)$`)),
    label: attributeOf(attrs, `${base}/dm/name`) ?? attributeOf(attrs, `${base}/md/level`),
  }
}

function childrenOf(map: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  const found = [...map.keys()].flatMap((path) => pattern.exec(path)?.[1] ?? [])
  return [...new Set(found)].sort(natural.compare)
}

function byIdLinks({ links }: SysfsInput, name: string, record: UdevRecord | null): string[] {
  const node = `/dev/${name.replaceAll('!', '/')}`
  const linked = [...links].flatMap(([path, target]) =>
    path.startsWith('/dev/disk/by-id/') && target === node ? [path] : [],
  )
  const recorded = (record?.links ?? []).filter((link) => link.startsWith('disk/by-id/')).map((link) => `/dev/${link}`)
  return [...new Set([...linked, ...recorded])].sort()
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
