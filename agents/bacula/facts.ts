import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'

/** What a plan needs to know of a director's host. */
export const baculaFacts = z.object({
  /** Which of bconsole and bacula-dir the host has. */
  programs: z.array(z.string()),
  /** "9.6.7", from the packages; null where no package tells. */
  version: z.string().nullable(),
  init: z.enum(['systemd', 'other']),
  dirConf: configFile,
  consoleConf: configFile,
  polluxConf: configFile,
})

export type BaculaFacts = z.infer<typeof baculaFacts>
