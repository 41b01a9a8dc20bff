import { z } from 'zod'

/** A scheduler's name as the kernel prints it: "mq-deadline". */
export const schedulerName = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/)

/** A block device's name in /sys/block ("sda", "cciss!c0d0"). The pattern keeps a hostile one out of paths and scripts. */
export const deviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9!._-]{0,63}$/)

export const deviceKinds = [
  'disk',
  'nvme',
  'nvme-path',
  'virtio',
  'xen',
  'vm-disk',
  'uml',
  'usb',
  'mmc',
  'raid-volume',
  'san',
  'md',
  'dm',
  'multipath',
  'stacked',
  'loop',
  'ram',
  'zram',
  'optical',
  'floppy',
  'network',
  'flash',
  'unknown',
] as const

/** What recognises a device again after a reboot or a new cable; `also` narrows it where the value alone is shared. */
export const identity = z.object({
  kind: z.enum(['serial', 'serial-path', 'path', 'attr', 'name']),
  value: z.string(),
  also: z.string().nullable(),
})

export const device = z.object({
  key: z.string(),
  identity,
  name: deviceName,
  /** Fully resolved, "/sys/devices/…"; null where sysfs has no links. */
  sysPath: z.string().nullable(),
  kind: z.enum(deviceKinds),
  /** How it is attached, in words: "SATA", "USB", "Fibre Channel". */
  transport: z.string().nullable(),
  /** The SCSI host's driver: "ahci", "megaraid_sas". */
  driver: z.string().nullable(),
  vendor: z.string().nullable(),
  model: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  removable: z.boolean().nullable(),
  /** Empty with `schedulerFile` "there" when the kernel says nothing that can be read as a list. */
  offered: z.array(schedulerName),
  active: schedulerName.nullable(),
  schedulerFile: z.enum(['there', 'absent']),
  rotational: z.boolean().nullable(),
  nrRequests: z.number().nullable(),
  zoned: z.string().nullable(),
  logicalBlockSize: z.number().nullable(),
  partitions: z.array(z.string()),
  mounts: z.array(z.object({ at: z.string(), type: z.string(), source: z.string() })),
  swap: z.boolean(),
  holders: z.array(z.string()),
  slaves: z.array(z.string()),
  /** The name of an md or dm device ("mpatha", "vg0-root", "raid1"). */
  label: z.string().nullable(),
  byId: z.array(z.string()),
})

export const foundDocument = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('unread'), why: z.string() }),
  z.object({
    state: z.literal('there'),
    type: z.enum(['file', 'link', 'directory', 'other']),
    target: z.string().nullable(),
    mode: z.string(),
    owner: z.string(),
    group: z.string(),
    bytes: z.string(),
  }),
])

/** Something else on the host that sets a scheduler. */
export const setter = z.object({
  how: z.enum(['udev-rule', 'tmpfiles', 'sysfs-conf', 'rc-local', 'tuned', 'tlp']),
  file: z.string(),
  line: z.number(),
  value: z.string(),
  conditions: z.array(z.object({ key: z.string(), op: z.enum(['==', '!=']), value: z.string() })),
  /** False when the file jumps (GOTO) or was cut, so that the conditions may not be all. */
  certain: z.boolean(),
})

export const schedulerFacts = z.object({
  kernel: z.string(),
  init: z.enum(['systemd', 'sysv', 'unknown']),
  /** What kind of container the host is; null for a machine of its own. */
  container: z.string().nullable(),
  sysReadOnly: z.boolean(),
  /** elevator= of the kernel's command line. */
  elevator: z.string().nullable(),
  udev: z.object({
    tool: z.enum(['udevadm', 'udevcontrol', 'none']),
    version: z.number().nullable(),
    running: z.boolean(),
  }),
  /** Start links such as /etc/rc2.d/S99rc.local. Null when they could not be read. */
  rcLinks: z.array(z.string()).nullable(),
  rulesFolder: z.boolean(),
  ruleFile: foundDocument,
  rcLocal: foundDocument,
  rcLocalRedHat: foundDocument,
  setters: z.array(setter),
  devices: z.array(device),
})

export type SchedulerFacts = z.infer<typeof schedulerFacts>
export type Device = z.infer<typeof device>
export type DeviceKind = Device['kind']
export type Identity = z.infer<typeof identity>
export type FoundDocument = z.infer<typeof foundDocument>
export type Setter = z.infer<typeof setter>

/** The kernel's knob. The name cannot leave the folder: `deviceName` has no slash. */
export function schedulerPath(name: string): string {
  return `/sys/block/${name}/queue/scheduler`
}
