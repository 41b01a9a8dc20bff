import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, missing, textsOf, whyNot } from './found'

export const installedKernelSchema = z.object({
  /** The release that the next boot takes, from where the boot links lead. */
  release: z.string(),
})
export type InstalledKernelFacts = z.infer<typeof installedKernelSchema>

export const installedKernelProbe = defineProbe({
  id: 'installedKernel',
  timeoutS: 5,
  readings: { links: { kind: 'links', globs: ['/vmlinuz', '/boot/vmlinuz'] } },
  parse: parseInstalledKernel,
})

export function parseInstalledKernel(raw: RawReadings<'links'>): Found<InstalledKernelFacts> {
  if (raw.links.state === 'not-read') return whyNot(raw.links)
  const target = [...textsOf(raw.links).values()][0]
  const release = /\/vmlinu[xz]-([^/]+)$/.exec(target ?? '')?.[1]
  return release
    ? found({ release: clip(release) })
    : missing('absent', 'no link tells which kernel the next boot takes')
}
