import type { Device } from './facts'
import { whyNotSettable } from './settable'

export interface Recommendation {
  /** Null: Pollux has nothing better to say than what is set. */
  scheduler: string | null
  /** One sentence for the table. */
  reason: string
  isAlreadyRight: boolean
}

/** Host-managed zoned disks accept writes only in order, which only these keep (Documentation/block/deadline-iosched). */
const orderKeeping = ['mq-deadline', 'deadline']
const deadlines = ['mq-deadline', 'deadline']
const plain = ['none', 'noop']

/** Which schedulers a device must be limited to; null when all that are offered may be chosen. */
export function mandatorySchedulers(device: Device): readonly string[] | null {
  return device.zoned === 'host-managed' ? orderKeeping : null
}

/** The scheduler that fits the device, from the offered ones only, with its reason. Pure. */
export function recommend(device: Device): Recommendation {
  const whyNot = whyNotSettable(device)
  if (whyNot) return { scheduler: null, reason: whyNot, isAlreadyRight: false }
  const { wanted, reason } = advice(device)
  const scheduler = wanted.find((name) => device.offered.includes(name)) ?? null
  if (scheduler === null) {
    const missing = wanted.length === 0 ? reason : `${reason} The kernel does not offer ${wanted.join(' or ')} here.`
    return { scheduler: null, reason: missing, isAlreadyRight: false }
  }
  return { scheduler, reason, isAlreadyRight: scheduler === device.active }
}

interface Advice {
  wanted: readonly string[]
  reason: string
}

function advice(device: Device): Advice {
  if (device.zoned === 'host-managed') {
    return {
      wanted: orderKeeping,
      reason: 'A host-managed zoned disk takes writes in order only; this one keeps the order.',
    }
  }
  switch (device.kind) {
    case 'nvme':
      return { wanted: plain, reason: 'NVMe has many queues of its own; sorting requests first only costs time.' }
    case 'virtio':
    case 'xen':
    case 'vm-disk':
    case 'uml':
      return { wanted: plain, reason: 'The machine that runs this guest schedules the real disk; once is enough.' }
    case 'raid-volume':
      return {
        wanted: plain,
        reason: 'The RAID controller orders requests in its own cache and knows the disks behind it.',
      }
    case 'san':
      return { wanted: plain, reason: 'The storage at the other end orders the requests of all its hosts.' }
    case 'usb':
      return {
        wanted: deadlines,
        reason: 'A USB bridge seldom tells whether the disk turns; with this one no request waits long either way.',
      }
    case 'mmc':
      return {
        wanted: deadlines,
        reason: 'Cards write slowly and one thing at a time; this one keeps reads from waiting.',
      }
    case 'disk':
      return adviceForDisk(device)
    default:
      return { wanted: [], reason: 'Pollux does not know this kind of device, so it is left as it is.' }
  }
}

function adviceForDisk(device: Device): Advice {
  if (device.zoned === 'host-aware') {
    return { wanted: deadlines, reason: 'A zoned disk is fastest when writes come in order; this one keeps the order.' }
  }
  if (device.rotational === false) {
    return {
      wanted: deadlines,
      reason: 'This SSD has one short queue; here reads pass a burst of writes, at a cost too small to notice.',
    }
  }
  if (device.rotational === null) {
    return {
      wanted: deadlines,
      reason: 'The kernel does not tell whether it turns; with this one a read is due within half a second either way.',
    }
  }
  return {
    wanted: deadlines,
    reason: 'A turning disk: with this one a read is due within half a second, also behind a backup or a large copy.',
  }
}

const hints: Readonly<Record<string, string>> = {
  none: 'No sorting: requests go straight to the device.',
  noop: 'Hardly any sorting: only neighbours are merged.',
  deadline: 'Bounded waits: reads first, nothing waits for ever.',
  'mq-deadline': 'Bounded waits: reads first, nothing waits for ever.',
  cfq: 'Fair shares per program, honours ionice, but no bound on waiting.',
  bfq: 'For a desktop on a turning disk: keeps programs quick while something else copies. Costs more processor time.',
  kyber: 'For very fast devices: holds back writes when reads get slow.',
  anticipatory: 'Waits a moment for the next read; removed from later kernels.',
}

/** What a scheduler is good for, in one line; null for one that Pollux does not know. */
export function schedulerHint(name: string): string | null {
  return hints[name] ?? null
}

/** A note when what the kernel says of the medium is likely wrong; null otherwise. */
export function mediumNote(device: Device): string | null {
  if (device.rotational !== true) return null
  if (device.kind === 'virtio' || device.kind === 'xen' || device.kind === 'vm-disk' || device.kind === 'uml') {
    return 'The kernel says that it turns, as it does of virtual disks by default; what it really is only its host knows.'
  }
  return device.kind === 'usb' ? 'The kernel says that it turns, which USB bridges tell of SSDs too.' : null
}
