import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, textsOf, whyNot } from './found'

export const rebootSchema = z.object({
  required: z.boolean(),
  /** The packages that asked for it. */
  packages: z.array(z.string()),
})
export type RebootFacts = z.infer<typeof rebootSchema>

const mark = 'reboot-required'

/** The mark that Debian's and Ubuntu's packages leave (update-notifier, unattended-upgrades, needrestart). */
export const rebootProbe = defineProbe({
  id: 'reboot',
  timeoutS: 5,
  readings: {
    marks: {
      kind: 'files',
      globs: ['/run', '/var/run'].flatMap((folder) => [`${folder}/${mark}`, `${folder}/${mark}.pkgs`]),
    },
  },
  parse: parseReboot,
})

export function parseReboot(raw: RawReadings<'marks'>): Found<RebootFacts> {
  if (raw.marks.state === 'not-read') return whyNot(raw.marks)
  const marks = [...textsOf(raw.marks)]
  const packages = marks.filter(([path]) => path.endsWith('.pkgs')).flatMap(([, text]) => linesOf(text))
  return found({
    required: marks.some(([path]) => path.endsWith(mark)),
    packages: [...new Set(packages)].slice(0, 50).map((name) => clip(name, 128)),
  })
}
