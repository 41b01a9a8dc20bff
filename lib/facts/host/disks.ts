import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, numberOf, textsOf, whyNot } from './found'

export const diskSchema = z.object({
  /** The name in /dev: "sda", "cciss/c0d0". */
  name: z.string(),
  sizeBytes: z.number(),
  /** A disk of its own, or made by the kernel out of others (device mapper, RAID). */
  kind: z.enum(['disk', 'device-mapper', 'raid', 'virtual']),
  model: z.string().nullable(),
  rotational: z.boolean().nullable(),
  removable: z.boolean(),
  readOnly: z.boolean(),
  /** null where the device has no queue to schedule, or the kernel is too old to tell. */
  scheduler: z.object({ active: z.string().nullable(), offered: z.array(z.string()) }).nullable(),
})
export const disksSchema = z.array(diskSchema)
export type Disk = z.infer<typeof diskSchema>

const attributes = [
  'size',
  'ro',
  'removable',
  'queue/rotational',
  'queue/scheduler',
  'device/model',
  'device/vendor',
  'dm/name',
  'md/level',
]
// All but loop and ram devices; rbd and rssd begin as ram does.
const devices = ['[!lr]*', 'r[!a]*']

export const disksProbe = defineProbe({
  id: 'disks',
  timeoutS: 8,
  readings: {
    sysfs: {
      kind: 'files',
      globs: devices.flatMap((device) => attributes.map((attribute) => `/sys/block/${device}/${attribute}`)),
    },
  },
  parse: parseDisks,
})

export function parseDisks(raw: RawReadings<'sysfs'>): Found<Disk[]> {
  if (raw.sysfs.state === 'not-read') return whyNot(raw.sysfs)
  const byDevice = new Map<string, Map<string, string>>()
  for (const [path, text] of textsOf(raw.sysfs)) {
    const [, device, attribute] = /^\/sys\/block\/([^/]+)\/(.+)$/.exec(path) ?? []
    if (!device || !attribute) continue
    const known = byDevice.get(device) ?? new Map<string, string>()
    byDevice.set(device, known.set(attribute, text.trim()))
  }
  const disks = [...byDevice].map(([device, values]) => diskOf(device, values))
  return found(disks.filter((disk) => disk.sizeBytes > 0).sort((a, b) => a.name.localeCompare(b.name)))
}

function diskOf(device: string, values: ReadonlyMap<string, string>): Disk {
  const rotational = values.get('queue/rotational')
  const model = [values.get('device/vendor'), values.get('device/model')].filter((word) => word && !/^0x/.test(word))
  const scheduler = values.get('queue/scheduler')
  return {
    // sysfs writes a slash of the name as an exclamation mark.
    name: clip(device.replaceAll('!', '/')),
    sizeBytes: (numberOf(values.get('size')) ?? 0) * 512,
    kind: kindOf(device, values),
    model: clip(values.get('dm/name') ?? values.get('md/level') ?? model.join(' ')) || null,
    rotational: rotational === undefined ? null : rotational === '1',
    removable: values.get('removable') === '1',
    readOnly: values.get('ro') === '1',
    scheduler: scheduler === undefined ? null : parseScheduler(scheduler),
  }
}

function kindOf(device: string, values: ReadonlyMap<string, string>): Disk['kind'] {
  if (values.has('dm/name') || device.startsWith('dm-')) return 'device-mapper'
  if (values.has('md/level') || /^md\d/.test(device)) return 'raid'
  return /^(zram|nbd|drbd|bcache)/.test(device) ? 'virtual' : 'disk'
}

/** `[none] mq-deadline kyber bfq`; devices that are no queue of their own say a bare `none`. */
function parseScheduler(text: string): Disk['scheduler'] {
  const words = text.split(/\s+/).filter(Boolean)
  if (words.length === 0 || (words.length === 1 && words[0] === 'none')) return null
  const active = words.find((word) => /^\[.+\]$/.test(word))
  return {
    active: active ? clip(active.slice(1, -1), 32) : null,
    offered: words.map((word) => clip(word.replace(/[[\]]/g, ''), 32)),
  }
}
