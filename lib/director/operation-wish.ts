import { z } from 'zod'
import { isConsoleName } from './console-names'

const name = z
  .string()
  .refine(isConsoleName, 'A name has letters, digits, spaces and - _ . : alone, at most 127 of them.')
const jobId = z.number().int().min(1).max(4_294_967_295)

/** States that a person may set a volume to (Bacula's `update volume`). */
export const volumeStatuses = [
  'Append',
  'Archive',
  'Disabled',
  'Full',
  'Used',
  'Cleaning',
  'Read-Only',
  'Error',
] as const

export const runLevels = ['Full', 'Differential', 'Incremental'] as const

/** One thing that is asked of a director, as the forms say it. */
export const operationWish = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    job: name,
    level: z.enum(runLevels).nullable(),
    client: name.nullable(),
    fileSet: name.nullable(),
  }),
  z.object({ kind: z.literal('cancel'), jobId, job: name }),
  z.object({ kind: z.literal('label'), volume: name, pool: name, storage: name }),
  z.object({ kind: z.enum(['mount', 'unmount', 'release']), storage: name }),
  z.object({ kind: z.enum(['enable', 'disable']), job: name }),
  z.object({
    kind: z.literal('prune'),
    volumes: z.array(name).min(1, 'Choose at least one volume.').max(50, 'At most 50 volumes at once.'),
  }),
  z.object({ kind: z.literal('volume-status'), volume: name, status: z.enum(volumeStatuses) }),
  z.object({ kind: z.literal('console'), present: z.boolean() }),
])

export type OperationWish = z.infer<typeof operationWish>
