import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, numberOf, textsOf, whyNot } from './found'

export const uptimeSchema = z.object({
  uptimeS: z.number(),
  /** Another one after every boot; null on kernels without it. */
  bootId: z.string().nullable(),
  /** Over 1, 5 and 15 minutes. */
  load: z.tuple([z.number(), z.number(), z.number()]).nullable(),
})
export type UptimeFacts = z.infer<typeof uptimeSchema>

const bootId = '/proc/sys/kernel/random/boot_id'

export const uptimeProbe = defineProbe({
  id: 'uptime',
  timeoutS: 5,
  readings: { files: { kind: 'files', globs: ['/proc/uptime', '/proc/loadavg', bootId] } },
  parse: parseUptime,
})

export function parseUptime(raw: RawReadings<'files'>): Found<UptimeFacts> {
  const files = textsOf(raw.files)
  const uptimeS = numberOf(files.get('/proc/uptime')?.split(' ')[0])
  if (uptimeS === null) return whyNot(raw.files)
  const [one, five, fifteen] = (files.get('/proc/loadavg') ?? '').split(' ').map(numberOf)
  const isLoad = typeof one === 'number' && typeof five === 'number' && typeof fifteen === 'number'
  return found({ uptimeS, bootId: clip(files.get(bootId) ?? '') || null, load: isLoad ? [one, five, fifteen] : null })
}
