import type { Device } from './facts'

/** Why a scheduler cannot be chosen for this device, as a sentence; null when it can. */
export function whyNotSettable(device: Device): string | null {
  const reason = reasonOfKind(device)
  if (reason) return reason
  if (device.schedulerFile === 'absent')
    return 'The kernel keeps no request queue for it, so there is nothing to choose.'
  if (device.sizeBytes === 0) return 'No medium is in it.'
  if (device.offered.length === 0) return 'The kernel names no scheduler for it.'
  if (device.offered.length === 1) return `The kernel offers only ${device.offered[0]}.`
  if (device.active === null) return 'The kernel does not say which scheduler is in use.'
  return null
}

function reasonOfKind(device: Device): string | null {
  switch (device.kind) {
    case 'md':
    case 'dm':
    case 'multipath':
    case 'stacked':
      return device.slaves.length === 0
        ? 'It is built of other devices; the scheduler belongs to those.'
        : `It is built of ${listNames(device.slaves)}; the scheduler belongs there.`
    case 'loop':
      return 'A file stands behind it; the scheduler belongs to the disk that holds the file.'
    case 'ram':
    case 'zram':
      return 'It lies in memory, where no order is better than another.'
    case 'optical':
    case 'floppy':
      return 'Its medium comes and goes; it is left as it is.'
    case 'network':
      return 'The machine at the other end orders the requests.'
    case 'flash':
      return 'It is raw flash behind its own layer; it is left as it is.'
    case 'nvme-path':
      return 'It is a hidden path of an NVMe disk; the kernel sends requests past its scheduler.'
    default:
      return null
  }
}

/** "sda", "sda and sdb", "sda, sdb and sdc". */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
