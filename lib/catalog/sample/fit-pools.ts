import { type SamplePool, samplePools } from './configuration'
import type { SampleRun } from './runs'

export const blockBytes = 64_512
/** As many blocks as fit under `Maximum Volume Bytes = 4g`. */
export const volumeBlocks = Math.floor(2 ** 32 / blockBytes)

const dayMs = 86_400_000

/** How many blocks a pool holds, so that its volumes and its bytes are the article's: all volumes full but the last. */
export function heldBlocks({ volumes, gigabytes }: Pick<SamplePool, 'volumes' | 'gigabytes'>): number {
  const blocks = Math.floor((gigabytes * 1e9) / blockBytes)
  const [least, most] = [(volumes - 1) * volumeBlocks + 1, volumes * volumeBlocks]
  if (blocks < least || blocks > most)
    throw new RangeError(`expected ${gigabytes} GB to fill ${volumes} volumes but for the last, got ${blocks} blocks`)
  return blocks
}

/** Marks which runs are still held, and makes their sizes add up to what each pool holds. */
export function fitPools(runs: SampleRun[], now: number): void {
  for (const pool of Object.values(samplePools)) {
    const held = runs.filter(
      ({ pool: its, blocks, end }) => its.id === pool.id && blocks > 0 && end >= now - pool.heldDays * dayMs,
    )
    const target = heldBlocks(pool)
    const before = new Map(held.map((run) => [run, run.blocks]))
    if (pool.id === samplePools.a.id) fitByGrowth(held, target)
    else fitByScale(held, target)
    for (const run of held) Object.assign(run, { isHeld: true, scale: run.blocks / (before.get(run) ?? run.blocks) })
  }
}

function fitByScale(held: SampleRun[], target: number): void {
  const scale = target / total(held)
  for (const run of held) run.blocks = Math.max(1, Math.round(run.blocks * scale))
  largest(held).blocks += target - total(held)
}

/** The last Full of the desktop is the article's 57 GB; those before it were the smaller, the older they are. */
function fitByGrowth(held: SampleRun[], target: number): void {
  const desktop = held.filter(({ job }) => job.clientId === 1)
  const last = desktop.at(-1)
  if (!last) throw new RangeError('expected a Full of grade A in the year, got none')
  const today = Math.round((last.job.sizes.F * 1e9) / blockBytes)
  const size = (run: SampleRun, perYear: number) => today * perYear ** ((run.start - last.start) / (365 * dayMs))
  const room = target - total(held.filter(({ job }) => job.clientId !== 1))
  let [low, high] = [1, 1e6]
  for (let step = 0; step < 100; step += 1) {
    const middle = Math.sqrt(low * high)
    const sum = desktop.reduce((so, run) => so + size(run, middle), 0)
    if (sum > room) low = middle
    else high = middle
  }
  for (const run of desktop) run.blocks = Math.max(1, Math.round(size(run, low)))
  largest(held).blocks += target - total(held)
}

function total(runs: readonly SampleRun[]): number {
  return runs.reduce((sum, { blocks }) => sum + blocks, 0)
}

function largest(runs: readonly SampleRun[]): SampleRun {
  const found = runs.reduce<SampleRun | null>(
    (best, run) => (best === null || run.blocks > best.blocks ? run : best),
    null,
  )
  if (!found) throw new RangeError('expected a run in the pool, got none')
  return found
}
