import { stat } from 'node:fs/promises'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { writeSample } from './add-sample'
import { samplePath } from './catalog-place'

/** After half a day the sample's last night would be over, and soon all its jobs overdue. */
const oldestMs = 12 * 3_600_000

/** Makes every sample anew whose "now" is long ago, or whose file is gone; gives their ids. For regular work, and at start. */
export async function refreshSamples(ctx: Ctx, now = new Date()): Promise<string[]> {
  authorize(ctx, 'edit catalogs')
  const samples = await read((tx) => tx.catalog.findMany({ where: { way: 'sample' }, select: { id: true } }))
  const made: string[] = []
  for (const { id } of samples) {
    if (!(await isOld(samplePath(id), now))) continue
    await writeSample(id, now)
    made.push(id)
  }
  return made
}

async function isOld(path: string, now: Date): Promise<boolean> {
  try {
    return now.getTime() - (await stat(path)).mtimeMs > oldestMs
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw error
  }
}
