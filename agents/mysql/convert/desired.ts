import { z } from 'zod'
import { serverKey } from '../server/key'

/** The server's own databases: its tables of accounts and of itself are nobody's to convert by hand. */
export const SYSTEM_SCHEMAS = ['mysql', 'sys', 'information_schema', 'performance_schema', 'ndbinfo'] as const

/**
 * A name as the server takes it: 1 to 64 characters of the basic plane (MySQL manual, "Schema Object Names"). Those with a
 * backslash are left out besides: old clients read it inside backticks as the beginning of a command of their own.
 */
const name = z
  .string()
  .min(1, 'Expected a name, got none.')
  .max(64, 'Expected a name of at most 64 characters.')
  .regex(/^[^\p{Cc}\p{Cs}\\\u{10000}-\u{10ffff}]*$/u, 'Names with control characters or a backslash are left alone.')
  .refine((text) => !text.endsWith(' '), 'Expected a name that a server takes.')

export const tableName = z.object({
  schema: name.refine(
    (schema) => !SYSTEM_SCHEMAS.some((own) => own === schema.toLowerCase()),
    'The tables of the server itself are never converted.',
  ),
  name,
})

export const convertDesired = z.object({
  kind: z.literal('convert'),
  /** The server's key. */
  server: serverKey,
  /** In the order in which they are converted. */
  tables: z
    .array(tableName)
    .min(1, 'Choose at least one table.')
    .max(50, 'Choose at most 50 tables at once.')
    .refine((tables) => new Set(tables.map((table) => JSON.stringify(table))).size === tables.length, {
      message: 'A table was chosen twice.',
    }),
})

export type TableName = Pick<z.infer<typeof tableName>, 'schema' | 'name'>
export type ConvertDesired = z.infer<typeof convertDesired>
