import type { DeviceKind } from './facts'

export interface ClassifyInput {
  name: string
  sysPath: string | null
  driver: string | null
  vendor: string | null
  model: string | null
  dmUuid: string | null
}

const byName: readonly [RegExp, DeviceKind][] = [
  [/^loop\d/, 'loop'],
  [/^ram\d/, 'ram'],
  [/^zram\d/, 'zram'],
  [/^(sr|scd)\d/, 'optical'],
  [/^fd\d/, 'floppy'],
  [/^md(\d|_|!)/, 'md'],
  [/^(bcache|zd|pmem|drbd)\d/, 'stacked'],
  [/^(nbd|rbd|nfsblk|aoe)\d|^etherd!/, 'network'],
  [/^(mtdblock|ubiblock|mtd)|^mmcblk\d+(boot|rpmb|gp)/, 'flash'],
  [/^nvme\d+c\d+n\d+$/, 'nvme-path'],
  [/^nvme\d/, 'nvme'],
  [/^mmcblk\d/, 'mmc'],
  [/^ubd[a-z\d]/, 'uml'],
  [/^xvd[a-z]/, 'xen'],
  [/^vd[a-z]/, 'virtio'],
  [/^(cciss|ida|rd|amiraid|i2o)!/, 'raid-volume'],
]

const raidDrivers =
  /^(megaraid|megaraid_sas|hpsa|cciss|smartpqi|aacraid|arcmsr|3w-|ips|dpt_i2o|gdth|mvumi|stex|hptiop|pmcraid|ipr|mpi3mr)/
const raidModels = /\bPERC\b|MegaRAID|LOGICAL VOLUME|ServeRAID|Virtual Drive|LogicalDrv|RAID/i
const virtualModels = /\bQEMU\b|\bVBOX\b|VMware|Virtual [Dd]isk|Msft/
const fibreDrivers = /^(lpfc|qla2xxx|qla4xxx|bfa|bnx2fc|fnic|zfcp)/

/** What a device is, from its name, its place in sysfs and its controller's driver. Pure; never throws. */
export function classify(device: ClassifyInput): DeviceKind {
  if (/^dm-\d/.test(device.name)) return device.dmUuid?.startsWith('mpath-') ? 'multipath' : 'dm'
  const named = byName.find(([pattern]) => pattern.test(device.name))?.[1]
  if (named) return named
  if (!/^(sd|hd)[a-z]/.test(device.name)) return 'unknown'
  return classifyScsi(device)
}

function classifyScsi({ sysPath, driver, vendor, model }: ClassifyInput): DeviceKind {
  const path = sysPath ?? ''
  const name = `${vendor ?? ''} ${model ?? ''}`
  if (/\/usb\d/.test(path) || driver === 'usb-storage' || driver === 'uas') return 'usb'
  if (/\/virtio\d/.test(path) || driver === 'virtio_scsi') return 'virtio'
  if (/^(vmw_pvscsi|storvsc|hv_storvsc)/.test(driver ?? '') || path.includes('/vmbus') || virtualModels.test(name)) {
    return 'vm-disk'
  }
  if (path.includes('/rport-') || fibreDrivers.test(driver ?? '')) return 'san'
  if (/\/session\d/.test(path) || driver === 'iscsi_tcp') return 'san'
  // A RAID controller that passes a single disk through reports the disk's own vendor, "ATA" for SATA.
  if (raidModels.test(name) || (raidDrivers.test(driver ?? '') && vendor !== 'ATA')) return 'raid-volume'
  return 'disk'
}

/** How the device is attached, in words; null when it cannot be told. */
export function transportOf({ name, sysPath, driver }: ClassifyInput): string | null {
  const path = sysPath ?? ''
  if (/\/usb\d/.test(path)) return 'USB'
  if (/\/virtio\d/.test(path)) return name.startsWith('sd') ? 'virtio SCSI' : 'virtio'
  if (name.startsWith('nvme')) return 'NVMe'
  if (name.startsWith('mmcblk')) return 'MMC'
  if (name.startsWith('xvd')) return 'Xen'
  if (path.includes('/rport-')) return 'Fibre Channel'
  if (/\/session\d/.test(path)) return 'iSCSI'
  if (/\/ata\d/.test(path) || /^(ahci|ata_|sata_|pata_)/.test(driver ?? '')) return 'SATA'
  if (/\/(end_device|port)-\d/.test(path)) return 'SAS'
  if (name.startsWith('hd') || /\/ide\d/.test(path)) return 'IDE'
  return path.includes('/host') ? 'SCSI' : null
}
