import { type OwnFacts, type ReadValue, readValue, type StoredFacts } from './stored-facts'

/** The few figures of a host that lists and sparklines show; null is "not read". Percentages are 0 to 100. */
export interface HostFigures {
  /** "Debian 12.11" */
  system: string | null
  load1: number | null
  memoryPercent: number | null
  fullest: { mount: string; percent: number } | null
  updates: number | null
  securityUpdates: number | null
  /** A package asked for it, or another kernel is installed than the one that runs. */
  rebootRequired: boolean | null
  failedUnits: number | null
  /** Whole days until the first certificate expires; negative: since. */
  certificateDays: number | null
  /** Parts that hung, broke or were denied; not what the host simply does not have. */
  notRead: number
}

/** The figures in a host's facts, or null when nothing was ever read. `now` is for what expires. */
export function hostFigures(facts: StoredFacts | null, now = Date.now()): HostFigures | null {
  if (facts === null || Object.keys(facts.results).length === 0) return null
  const os = readValue(facts, 'os')
  const memory = readValue(facts, 'memory')
  const updates = readValue(facts, 'updates') ?? readValue(facts, 'updateNotice')
  return {
    system: os && shortSystem(os),
    load1: readValue(facts, 'uptime')?.load?.[0] ?? null,
    memoryPercent: memory && memory.totalBytes > 0 ? 100 * (1 - memory.availableBytes / memory.totalBytes) : null,
    fullest: fullestOf(facts),
    updates: updates?.total ?? null,
    securityUpdates: updates?.security ?? null,
    rebootRequired: rebootRequired(facts),
    failedUnits: readValue(facts, 'services')?.failed?.length ?? null,
    certificateDays: certificateDays(facts, now),
    notRead: Object.values(facts.results).filter(({ found }) => found.state === 'not-read' && isGap(found.why)).length,
  }
}

/** Whether a reason means that something went wrong, and not that the host has no such thing. */
export function isGap(why: string): boolean {
  return why !== 'absent' && why !== 'no-program'
}

/** "Debian 12.11" of "Debian GNU/Linux 12 (bookworm)"; what the host calls itself where that is no longer. */
export function shortSystem(os: ReadValue<OwnFacts['os']>): string {
  const word = os.name.split(/[\s/]/)[0] ?? ''
  const isDistribution = os.version !== null && word.toLowerCase() === os.id.toLowerCase()
  return isDistribution ? `${word} ${os.version}` : os.name
}

/** The local file system that is fullest, by space or by inodes; what cannot be written to does not fill up. */
function fullestOf(facts: StoredFacts): HostFigures['fullest'] {
  const local = readValue(facts, 'fileSystems')?.local.filter((fs) => fs.readOnly !== true) ?? []
  const filled = local.map(({ mount, usedPercent, inodes }) => ({
    mount,
    percent: Math.max(usedPercent, inodes?.usedPercent ?? 0),
  }))
  return filled.reduce<HostFigures['fullest']>((most, fs) => (most && most.percent >= fs.percent ? most : fs), null)
}

/** The kernel of a container is its machine's, so nothing that is installed in it can be the next one. */
function rebootRequired(facts: StoredFacts): boolean | null {
  const asked = readValue(facts, 'reboot')?.required ?? null
  const installed = readValue(facts, 'installedKernel')?.release
  const running = readValue(facts, 'kernel')?.release
  const isContainer = readValue(facts, 'hardware')?.kind === 'container'
  if (installed && running && installed !== running && !isContainer) return true
  return asked
}

function certificateDays(facts: StoredFacts, now: number): number | null {
  const certificates = readValue(facts, 'certificates')?.certificates ?? []
  const ends = certificates.map((certificate) => Date.parse(certificate.notAfter)).filter((end) => !Number.isNaN(end))
  return ends.length > 0 ? Math.floor((Math.min(...ends) - now) / 86_400_000) : null
}
