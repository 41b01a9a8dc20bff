import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { dataDir } from '@/lib/config/data-dir'
import { mainUrl } from '@/lib/config/listen'

const Note = z.object({ url: z.url() })

/** Where this Pollux serves: what the one that runs on the data folder noted, else what HOST and PORT say. */
export function servedUrl(): string {
  try {
    return Note.parse(JSON.parse(readFileSync(join(dataDir(), 'running.json'), 'utf8'))).url
  } catch {
    return mainUrl()
  }
}
