import { formatBytes } from './format-bytes'
import type { FileSystem } from './host/file-systems'
import type { CheapFacts } from './host/host-facts'
import type { Need, TierReading } from './need'

const fullPercent = 90
const nowPercent = 95
const soonDays = 14
const nowDays = 2
/** Growth over less than this says more about a build or a dump than about the weeks to come. */
const minSpanMs = 6 * 3_600_000
const dayMs = 86_400_000

/** File systems that are full, fill up, run out of inodes, or went read-only. */
export function fileSystemNeeds(current: TierReading<CheapFacts>, previous: TierReading<CheapFacts> | null): Need[] {
  const { fileSystems } = current.facts
  if (fileSystems.state === 'not-read') {
    const title = 'File systems could not be read'
    return [{ id: 'file-system', kind: 'file-system', level: 'not-known', title, evidence: fileSystems.detail }]
  }
  const before = previous?.facts.fileSystems.state === 'read' ? previous.facts.fileSystems.value.local : []
  const spanMs = previous ? current.readAt - previous.readAt : 0
  return fileSystems.value.local.flatMap((one) => {
    const earlier = before.find((other) => other.mount === one.mount && other.totalBytes === one.totalBytes)
    return [...spaceNeed(one, earlier, spanMs), ...inodeNeed(one), ...readOnlyNeed(one, earlier)]
  })
}

/** Days until the space is used up at the pace between two readings; null when it does not grow or the pace is not known. */
export function daysToFull(one: FileSystem, earlier: FileSystem | undefined, spanMs: number): number | null {
  if (!earlier || spanMs < minSpanMs) return null
  const perDay = ((one.usedBytes - earlier.usedBytes) / spanMs) * dayMs
  return perDay > 0 ? one.availableBytes / perDay : null
}

function spaceNeed(one: FileSystem, earlier: FileSystem | undefined, spanMs: number): Need[] {
  const days = daysToFull(one, earlier, spanMs)
  const isFull = one.usedPercent >= fullPercent
  const fills = days !== null && days <= soonDays
  if ((!isFull && !fills) || isImage(one)) return []
  const left = `${formatBytes(one.availableBytes)} of ${formatBytes(one.totalBytes)} left`
  const pace =
    days === null
      ? ''
      : `; full in ${days < 1 ? 'less than a day' : `about ${Math.round(days)} days`} at the present pace`
  return [
    {
      id: `file-system:${one.mount}`,
      kind: 'file-system',
      level: one.usedPercent >= nowPercent || (days !== null && days <= nowDays) ? 'now' : 'soon',
      title: isFull ? `${one.mount} is ${one.usedPercent} % full` : `${one.mount} fills up`,
      evidence: `${left}${pace}.`,
    },
  ]
}

function inodeNeed(one: FileSystem): Need[] {
  if (!one.inodes || one.inodes.usedPercent < fullPercent || isImage(one)) return []
  const { total, used, usedPercent } = one.inodes
  return [
    {
      id: `inodes:${one.mount}`,
      kind: 'inodes',
      level: usedPercent >= nowPercent ? 'now' : 'soon',
      title: `${one.mount} has used ${usedPercent} % of its inodes`,
      evidence: `${used} of ${total} are used; without one no file can be made, whatever space is left.`,
    },
  ]
}

/** A read-only mount is trouble only where it was writable before: the kernel does so when a disk gives errors. */
function readOnlyNeed(one: FileSystem, earlier: FileSystem | undefined): Need[] {
  if (one.readOnly !== true || earlier?.readOnly !== false) return []
  const evidence = 'It was writable when it was last read. The kernel does this when the disk gives errors.'
  return [
    { id: `read-only:${one.mount}`, kind: 'read-only', level: 'now', title: `${one.mount} became read-only`, evidence },
  ]
}

/** A read-only image is full by nature. */
function isImage(one: FileSystem): boolean {
  return one.readOnly === true && one.availableBytes === 0
}
