import { count } from './say'
import { bytesText } from './units'
import type { VolumeVerdict } from './verdict'
import { type VolumeState, volumeStatusWords } from './volume-words'

/** A pool's limits from its row in Pool; 0 is "no limit", null "could not be read". */
export interface PoolLimits {
  maxVols: number | null
  maxVolBytes: number | null
  /** From Bacula 11 on. */
  maxPoolBytes?: number | null
}

/** Volumes that are alike, counted: one row of a grouped query, or one volume. */
export interface VolumeGroup {
  volStatus: string
  enabled: number | null
  recycle: boolean
  /** The volumes' own limit, which may differ from the pool's: that one holds for new volumes only. */
  maxVolBytes: number | null
  volumes: number
  bytes: number
  /** How many of them have a size that could not be read, and is not in `bytes`. */
  unsized?: number
}

export interface Amount {
  volumes: number
  bytes: number
}

export interface PoolCapacity {
  /** Null: unknown, never unlimited and never zero. */
  bytes: number | null
  because: string
}

/**
 * What a pool may grow to. Volumes that are there count with their own limit, or as they are when nothing writes on them any
 * more; those still allowed with the pool's. Unknown unless the pool limits both the volumes and their size.
 */
export function poolCapacity(pool: PoolLimits, groups: readonly VolumeGroup[]): PoolCapacity {
  const cap = pool.maxPoolBytes ?? 0
  const byVolumes = capacityByVolumes(pool, groups)
  if (cap > 0 && (byVolumes.bytes === null || cap < byVolumes.bytes))
    return { bytes: cap, because: 'The pool limits its bytes as a whole.' }
  return byVolumes
}

function capacityByVolumes({ maxVols, maxVolBytes }: PoolLimits, groups: readonly VolumeGroup[]): PoolCapacity {
  if (maxVols === null || maxVolBytes === null) return unknown("The pool's limits could not be read.")
  if (maxVols === 0) return unknown('The pool does not limit how many volumes it may have.')
  if (maxVolBytes === 0) return unknown('The pool does not limit the size of its volumes.')
  const endless = sum(groups, ({ maxVolBytes: own, ...group }) => (own === 0 && isWritten(group) ? group.volumes : 0))
  if (endless > 0)
    return unknown(`${count(endless, 'volume')} of it ${endless === 1 ? 'has' : 'have'} no limit of size.`)
  const unread = groups.some((group) => group.maxVolBytes === null && isWritten(group))
  if (unread) return unknown('The limits of some of its volumes could not be read.')
  const there = sum(groups, ({ volumes }) => volumes)
  const held = sum(groups, (group) => (isWritten(group) ? group.volumes * (group.maxVolBytes ?? 0) : group.bytes))
  const unsized = sum(groups, (group) => (isWritten(group) ? 0 : (group.unsized ?? 0)))
  const others = groups.some((group) => !isWritten(group) || group.maxVolBytes !== maxVolBytes)
  const bytes = held + Math.max(0, maxVols - there) * maxVolBytes
  if (unsized > 0)
    return unknown(
      `The size of ${count(unsized, 'volume')} that nothing writes on any more could not be read. Without ${unsized === 1 ? 'it' : 'them'} it is at least ${bytesText(bytes)}.`,
    )
  if (there > maxVols)
    return { bytes, because: `It has ${count(there, 'volume')} and may make no more: ${maxVols} are allowed.` }
  return {
    bytes,
    because: others
      ? `${count(there, 'volume')} as they are, and ${maxVols - there} more of the pool's size.`
      : `${count(maxVols, 'volume')} of the pool's size.`,
  }
}

/** How many volumes a pool may still make by itself; null when it does not limit them. */
export function volumesLeft({ maxVols }: PoolLimits, there: number): number | null {
  return maxVols === null || maxVols === 0 ? null : Math.max(0, maxVols - there)
}

export interface PoolUse extends Amount {
  byStatus: Map<string, Amount>
  /** Purged or Recycle, and a job may write over them: their bytes stay on the disk until then, or until a truncate. */
  reclaimable: Amount
  /** Purged, but Recycle is off or they are not enabled: nothing writes over them. */
  purgedAndKept: Amount
  inError: number
}

/** What is in a pool, from all its volumes (Pool.NumVols may be stale). */
export function poolUse(groups: readonly VolumeGroup[]): PoolUse {
  const use: PoolUse = { ...none(), byStatus: new Map(), reclaimable: none(), purgedAndKept: none(), inError: 0 }
  for (const group of groups) {
    add(use, group)
    const ofStatus = use.byStatus.get(group.volStatus) ?? none()
    add(ofStatus, group)
    use.byStatus.set(group.volStatus, ofStatus)
    const state = stateOf(group)
    if (state === 'broken') use.inError += group.volumes
    if (state === 'free') add(group.recycle && (group.enabled ?? 1) === 1 ? use.reclaimable : use.purgedAndKept, group)
  }
  return use
}

export interface JudgedVolume {
  name: string
  volStatus: string
  recycle: boolean
  enabled: number | null
  bytes: number
  verdict: VolumeVerdict
}

export interface Prunable extends Amount {
  /** A prune would take their jobs out of the catalog and give no space back. */
  kept: Amount
}

/** What a prune would free now. */
export function prunableNow(volumes: readonly JudgedVolume[]): Prunable {
  const found: Prunable = { ...none(), kept: none() }
  for (const { verdict, bytes } of volumes)
    if (verdict.state === 'prunable') add(verdict.comesBack ? found : found.kept, { volumes: 1, bytes })
  return found
}

export interface VolumeBack {
  name: string
  how: 'recycle' | 'purged' | 'prune'
  /** Null: now. */
  at: Date | null
}

/**
 * Which volume of a pool can be written over next, in Bacula's order (the manual's chapter on recycling): chosen for
 * recycling, purged, then those that a prune empties, longest due first. Null when none will be by itself.
 */
export function nextVolumeBack(volumes: readonly JudgedVolume[]): VolumeBack | null {
  const usable = volumes.filter(({ recycle, enabled }) => recycle && (enabled ?? 1) === 1)
  const free =
    usable.find(({ volStatus }) => volStatus === 'Recycle') ?? usable.find(({ volStatus }) => volStatus === 'Purged')
  if (free) return { name: free.name, how: free.volStatus === 'Recycle' ? 'recycle' : 'purged', at: null }
  const due = usable
    .filter(({ verdict }) => verdict.state === 'prunable' || (verdict.state === 'in-retention' && verdict.at !== null))
    .sort((one, other) => dueTime(one) - dueTime(other))[0]
  if (!due) return null
  return { name: due.name, how: 'prune', at: due.verdict.state === 'prunable' ? null : due.verdict.at }
}

// A prunable one without a time has no job left: nothing is longer due.
function dueTime({ verdict }: JudgedVolume): number {
  return verdict.at?.getTime() ?? Number.NEGATIVE_INFINITY
}

function stateOf({ volStatus }: { volStatus: string }): VolumeState {
  return volumeStatusWords(volStatus).state
}

/** Whether jobs will write on it again one day, so that its limit counts and not its size. */
function isWritten(group: { volStatus: string; enabled: number | null }): boolean {
  return ['writable', 'holds', 'free'].includes(stateOf(group)) && (group.enabled ?? 1) === 1
}

function add(amount: Amount, { volumes, bytes }: Amount): void {
  amount.volumes += volumes
  amount.bytes += bytes
}

function none(): Amount {
  return { volumes: 0, bytes: 0 }
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function unknown(because: string): PoolCapacity {
  return { bytes: null, because }
}
