import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, textOf, textsOf, whyNot } from './found'

export const kernelSchema = z.object({
  /** "6.1.0-37-amd64" */
  release: z.string(),
  version: z.string(),
  /** "x86_64"; null where the host does not tell. */
  machine: z.string().nullable(),
  hostname: z.string(),
})
export type KernelFacts = z.infer<typeof kernelSchema>

const kernel = '/proc/sys/kernel'

export const kernelProbe = defineProbe({
  id: 'kernel',
  timeoutS: 5,
  readings: {
    names: { kind: 'files', globs: [`${kernel}/osrelease`, `${kernel}/version`, `${kernel}/hostname`] },
    // The file is there from Linux 6.1 on, and saves a process.
    machine: {
      kind: 'first-of',
      of: [
        { kind: 'file', path: `${kernel}/arch`, maxBytes: 256 },
        { kind: 'command', argv: ['uname', '-m'] },
      ],
    },
  },
  parse: parseKernel,
})

export function parseKernel(raw: RawReadings<'names' | 'machine'>): Found<KernelFacts> {
  const names = textsOf(raw.names)
  const release = names.get(`${kernel}/osrelease`)
  if (release === undefined) return whyNot(raw.names)
  return found({
    release: clip(release),
    version: clip(names.get(`${kernel}/version`) ?? ''),
    machine: clip(textOf(raw.machine) ?? '') || null,
    hostname: clip(names.get(`${kernel}/hostname`) ?? ''),
  })
}
