import { z } from 'zod'

/**
 * A name of the director's, as it may stand in quotes in a console's line. It begins with no sign that bconsole takes as
 * its own (`@file`, `.command`), and is no word that ends the conversation.
 */
export const resourceName = z
  .string()
  .regex(
    /^(?!quit$)[A-Za-z0-9_](?:[A-Za-z0-9_.: -]{0,125}[A-Za-z0-9_.:-])?$/,
    'A name has letters, digits, spaces and - _ . : alone, at most 127 of them.',
  )

const jobId = z.number().int().min(1).max(4_294_967_295)

/** A password that needs no quoting anywhere. */
const password = z.string().regex(/^[A-Za-z0-9_-]{32,128}$/)

export const volumeStatus = z.enum(['Append', 'Archive', 'Disabled', 'Full', 'Used', 'Cleaning', 'Read-Only', 'Error'])

/**
 * One thing that is asked of a director. `seen` is what it told when this was planned: the host asks again before it acts,
 * and does nothing where that changed.
 */
export const operation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    job: resourceName,
    level: z.enum(['Full', 'Differential', 'Incremental']).nullable(),
    client: resourceName.nullable(),
    fileSet: resourceName.nullable(),
    /** Drawn once; the job carries it as its comment, so that undo finds this very job. */
    tag: z.string().regex(/^pollux-[a-z0-9]{12,32}$/),
  }),
  z.object({ kind: z.literal('cancel'), jobId, job: resourceName, seen: z.enum(['running', 'gone']) }),
  z.object({
    kind: z.literal('label'),
    volume: resourceName,
    pool: resourceName,
    storage: resourceName,
    seen: z.enum(['none', 'there']),
  }),
  z.object({ kind: z.enum(['mount', 'unmount', 'release']), storage: resourceName }),
  z.object({ kind: z.enum(['enable', 'disable']), job: resourceName, seen: z.enum(['enabled', 'disabled']) }),
  z.object({
    kind: z.literal('prune'),
    /** Only those whose verdict is that they can be pruned now. */
    volumes: z.array(resourceName).min(1).max(50),
  }),
  z.object({ kind: z.literal('volume-status'), volume: resourceName, status: volumeStatus, seen: z.string().max(40) }),
  z.object({ kind: z.literal('console'), present: z.boolean(), password: password.nullable() }),
])

/** What the form says: one operation on one director's host. */
export const baculaDesired = z.object({ operation })

export type BaculaDesired = z.infer<typeof baculaDesired>
export type Operation = z.infer<typeof operation>
export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>
