import { bootWayOf } from './boot-way'
import type { Device, DeviceKind, SchedulerFacts } from './facts'
import { identityLabel } from './identity'
import { keptAtBoot } from './kept-at-boot'
import { setterMeans } from './match-setter'
import { mandatorySchedulers, mediumNote, type Recommendation, recommend, schedulerHint } from './recommend'
import { listNames, whyNotSettable } from './settable'

/** One line of the wizard's table. */
export interface DeviceRow {
  /** The key of the desired map. */
  key: string
  name: string
  /** "/dev/sda", "/dev/cciss/c0d0" */
  node: string
  /** "Turning disk, SATA" */
  what: string
  /** Maker and model as the device tells them; null when it tells neither. */
  model: string | null
  sizeBytes: number | null
  /** "/ (ext4)", "swap", "part of md0 (raid1)"; empty when nothing is known to lie on it. */
  on: readonly string[]
  partitions: number
  offered: readonly string[]
  now: string | null
  /** What may be chosen, each with one line on what it is good for. Empty when nothing can be chosen. */
  options: readonly { name: string; hint: string | null }[]
  recommended: Recommendation
  /** A sentence when nothing can be chosen; null otherwise. */
  whyNot: string | null
  /** What Pollux sets for it at boot; null when it does not. */
  atBoot: string | null
  /** What else on the host sets it: "/etc/rc.local, line 7, sets noop". */
  others: readonly string[]
  /** "serial WD-…": what it is recognised by after a reboot. */
  knownBy: string
  isKnownByNameOnly: boolean
  notes: readonly string[]
  /** Disks first; what is built of disks and what lies in memory are folded away. */
  group: 'disk' | 'built' | 'other'
}

/** What can be done on the host at all. Sentences for the top of its part of the table; null where nothing hinders. */
export interface HostView {
  whyNotLive: string | null
  whyNotBoot: string | null
  /** "a udev rule in /etc/udev/rules.d/…", "lines in /etc/rc.local" */
  bootWay: string | null
}

const kindNames: Record<DeviceKind, string> = {
  disk: 'Disk',
  nvme: 'NVMe disk',
  'nvme-path': 'Path of an NVMe disk',
  virtio: 'Virtual disk (virtio)',
  xen: 'Virtual disk (Xen)',
  'vm-disk': 'Virtual disk',
  uml: 'Virtual disk (user-mode Linux)',
  usb: 'USB disk',
  mmc: 'Memory card or eMMC',
  'raid-volume': 'Volume of a RAID controller',
  san: 'Volume of a storage network',
  md: 'Software RAID',
  dm: 'Mapped device (LVM, encryption)',
  multipath: 'Multipath disk',
  stacked: 'Built device',
  loop: 'File as a disk',
  ram: 'Memory disk',
  zram: 'Compressed memory',
  optical: 'Optical drive',
  floppy: 'Floppy drive',
  network: 'Network disk',
  flash: 'Raw flash',
  unknown: 'Unknown device',
}

const builtKinds: ReadonlySet<DeviceKind> = new Set(['md', 'dm', 'multipath', 'stacked', 'nvme-path'])
const otherKinds: ReadonlySet<DeviceKind> = new Set(['loop', 'ram', 'zram', 'optical', 'floppy', 'flash', 'network'])

/** The rows for one host, disks first, each group in natural order of the names. Pure. */
export function deviceRows(facts: SchedulerFacts): DeviceRow[] {
  const rows = facts.devices.map((device) => rowOf(device, facts))
  const order = { disk: 0, built: 1, other: 2 }
  return rows.sort((a, b) => order[a.group] - order[b.group])
}

function rowOf(device: Device, facts: SchedulerFacts): DeviceRow {
  const whyNot = whyNotSettable(device)
  const only = mandatorySchedulers(device)
  const names = whyNot ? [] : device.offered.filter((name) => only === null || only.includes(name))
  const model = [device.vendor === 'ATA' ? null : device.vendor, device.model].filter((word) => word !== null).join(' ')
  return {
    key: device.key,
    name: device.name,
    node: `/dev/${device.name.replaceAll('!', '/')}`,
    what: whatOf(device),
    model: model === '' ? null : model,
    sizeBytes: device.sizeBytes,
    on: liesOn(device, facts),
    partitions: device.partitions.length,
    offered: device.offered,
    now: device.active,
    options: names.map((name) => ({ name, hint: schedulerHint(name) })),
    recommended: recommend(device),
    whyNot,
    atBoot: keptAtBoot(device, facts)?.scheduler ?? null,
    others: othersOf(device, facts),
    knownBy: identityLabel(device.identity),
    isKnownByNameOnly: device.identity.kind === 'name',
    notes: notesOf(device, facts),
    group: builtKinds.has(device.kind) ? 'built' : otherKinds.has(device.kind) ? 'other' : 'disk',
  }
}

function whatOf(device: Device): string {
  const medium = device.rotational === null ? 'Disk' : device.rotational ? 'Turning disk' : 'SSD'
  const name = device.kind === 'disk' ? medium : kindNames[device.kind]
  const zoned = device.zoned === null || device.zoned === 'none' ? [] : [`${device.zoned} zoned`]
  const transport = device.transport === null || name.includes(device.transport) ? [] : [device.transport]
  const label = device.label === null ? [] : [device.label]
  return [name, ...transport, ...zoned, ...label].join(', ')
}

function liesOn(device: Device, { devices }: SchedulerFacts): string[] {
  const holders = device.holders.map((name) => {
    const label = devices.find((other) => other.name === name)?.label
    return `part of ${name}${label ? ` (${label})` : ''}`
  })
  const mounts = [...new Set(device.mounts.map(({ at, type }) => `${at} (${type})`))]
  return [...mounts, ...(device.swap ? ['swap'] : []), ...holders]
}

function notesOf(device: Device, { devices }: SchedulerFacts): string[] {
  const note = mediumNote(device)
  const multipath = devices.find((other) => other.kind === 'multipath' && device.holders.includes(other.name))
  const siblings = multipath?.slaves.filter((name) => name !== device.name) ?? []
  return [
    ...(note ? [note] : []),
    ...(siblings.length > 0 ? [`A path of the same disk as ${listNames(siblings)}: set them alike.`] : []),
  ]
}

function othersOf(device: Device, { setters }: SchedulerFacts): string[] {
  return setters.flatMap((setter) => {
    const means = setterMeans(setter, device)
    const place = `${setter.file}, line ${setter.line}`
    return means === 'no' ? [] : [`${place}, ${means === 'yes' ? 'sets' : 'may set'} ${setter.value}`]
  })
}

/** What hinders, and how the host would keep a setting. Pure. */
export function hostView(facts: SchedulerFacts): HostView {
  const way = bootWayOf(facts)
  return {
    whyNotLive: whyNotLive(facts),
    whyNotBoot: way.way === 'none' ? `This host ${way.why}.` : null,
    bootWay: way.way === 'udev' ? `a udev rule in ${way.path}` : way.way === 'rc-local' ? `lines in ${way.path}` : null,
  }
}

function whyNotLive({ container, sysReadOnly }: SchedulerFacts): string | null {
  if (container !== null) return `This host is a container (${container}); its disks belong to the machine it runs on.`
  return sysReadOnly ? '/sys is mounted read-only here, so no scheduler can be set.' : null
}

/**
 * What the form starts with: the recommendation for each disk that does not use it yet, or that Pollux sets otherwise
 * at boot. A disk that is already right is not named, so that it stays untouched.
 */
export function suggestedChoices(facts: SchedulerFacts): Record<string, string> {
  return Object.fromEntries(
    facts.devices.flatMap((device) => {
      const { scheduler, isAlreadyRight } = recommend(device)
      const kept = keptAtBoot(device, facts)
      if (scheduler === null || (isAlreadyRight && (kept === null || kept.scheduler === scheduler))) return []
      return [[device.key, scheduler]]
    }),
  )
}
