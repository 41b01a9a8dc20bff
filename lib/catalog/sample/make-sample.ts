import { writeSqliteFile } from '@/lib/sql'
import type { SampleOptions } from './row'
import { sampleRows } from './sample-rows'
import { sampleSchema } from './schema'

/**
 * Writes the sample catalog into a file, in place of what was there: the article's own year of backups, ending now. The same
 * file content for the same time, seed and zone. Throws what the driver throws, and leaves an earlier file as it was then.
 */
export async function makeSample(
  path: string,
  { now, seed, zone = 'Europe/Paris' }: { now: Date; seed: number; zone?: string },
): Promise<void> {
  const options: SampleOptions = { now: now.getTime(), seed, zone }
  await writeSqliteFile(path, sampleSchema(), sampleRows(options))
}
