import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { found, textOf, textsOf, whyNot } from './found'

/** Percent of the time in which some or all tasks waited (kernel documentation, accounting/psi). */
const pressureSchema = z.object({
  some: z.object({ avg10: z.number(), avg60: z.number(), avg300: z.number() }),
  full: z.object({ avg10: z.number(), avg60: z.number(), avg300: z.number() }).nullable(),
})

export const memorySchema = z.object({
  totalBytes: z.number(),
  /** What programs can still get without swapping. */
  availableBytes: z.number(),
  swapTotalBytes: z.number(),
  swapFreeBytes: z.number(),
  /** null on kernels without pressure figures (before 4.20, or switched off). */
  pressure: z
    .object({ cpu: pressureSchema.nullable(), memory: pressureSchema.nullable(), io: pressureSchema.nullable() })
    .nullable(),
})
export type MemoryFacts = z.infer<typeof memorySchema>

export const memoryProbe = defineProbe({
  id: 'memory',
  timeoutS: 5,
  readings: {
    meminfo: { kind: 'file', path: '/proc/meminfo', maxBytes: 1024 },
    pressure: { kind: 'files', globs: ['/proc/pressure/cpu', '/proc/pressure/memory', '/proc/pressure/io'] },
  },
  parse: parseMemory,
})

export function parseMemory(raw: RawReadings<'meminfo' | 'pressure'>): Found<MemoryFacts> {
  const text = textOf(raw.meminfo)
  if (text === null) return whyNot(raw.meminfo)
  const of = (name: string) => {
    const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
    return kib === undefined ? null : Number(kib) * 1024
  }
  const totalBytes = of('MemTotal')
  if (totalBytes === null) return whyNot(raw.meminfo)
  const files = textsOf(raw.pressure)
  const pressure = {
    cpu: parsePressure(files.get('/proc/pressure/cpu')),
    memory: parsePressure(files.get('/proc/pressure/memory')),
    io: parsePressure(files.get('/proc/pressure/io')),
  }
  return found({
    totalBytes,
    // Kernels before 3.14 do not tell what is available; free and what the caches give back comes near.
    availableBytes: of('MemAvailable') ?? (of('MemFree') ?? 0) + (of('Buffers') ?? 0) + (of('Cached') ?? 0),
    swapTotalBytes: of('SwapTotal') ?? 0,
    swapFreeBytes: of('SwapFree') ?? 0,
    pressure: Object.values(pressure).some((value) => value !== null) ? pressure : null,
  })
}

function parsePressure(text: string | undefined): z.infer<typeof pressureSchema> | null {
  const line = (kind: string) => {
    const match = new RegExp(`^${kind} avg10=([\\d.]+) avg60=([\\d.]+) avg300=([\\d.]+) `, 'm').exec(text ?? '')
    return match && { avg10: Number(match[1]), avg60: Number(match[2]), avg300: Number(match[3]) }
  }
  const some = line('some')
  return some && { some, full: line('full') }
}
