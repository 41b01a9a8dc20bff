import type { CheapFacts } from './host/host-facts'

/** The figures of a host's row; each null when it was not read. */
export interface HostSummary {
  /** Over one minute. */
  load: number | null
  cpus: number | null
  /** Of the memory, what programs cannot get any more. */
  memoryPercent: number | null
  /** The local file system with the least room, by percent. */
  fullest: { mount: string; usedPercent: number } | null
  failedUnits: number | null
  os: string | null
  uptimeS: number | null
}

/** Pure: one row's figures from the cheap tier. */
export function summaryOf({ uptime, hardware, memory, fileSystems, services, os }: CheapFacts): HostSummary {
  const local = fileSystems.state === 'read' ? fileSystems.value.local : []
  // A read-only image is full by nature and would always win.
  const fullest = local
    .filter((one) => one.availableBytes > 0 || one.readOnly !== true)
    .sort((a, b) => b.usedPercent - a.usedPercent)[0]
  return {
    load: uptime.state === 'read' ? (uptime.value.load?.[0] ?? null) : null,
    cpus: hardware.state === 'read' ? hardware.value.cpus : null,
    memoryPercent:
      memory.state === 'read' ? Math.round((1 - memory.value.availableBytes / memory.value.totalBytes) * 100) : null,
    fullest: fullest ? { mount: fullest.mount, usedPercent: fullest.usedPercent } : null,
    failedUnits: services.state === 'read' ? (services.value.failed?.length ?? null) : null,
    os: os.state === 'read' ? os.value.name : null,
    uptimeS: uptime.state === 'read' ? uptime.value.uptimeS : null,
  }
}
