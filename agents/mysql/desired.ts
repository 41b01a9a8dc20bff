import { z } from 'zod'
import { accountDesired } from './account/desired'
import { convertDesired } from './convert/desired'
import { serverKey } from './server/key'

const line = /^[^\0\r\n]*$/

/** What the machine is for, what the server does, and how much it may use: what a proposal rests on, kept for the next one. */
export const tuningAim = z.object({
  purpose: z.enum(['alone', 'shared', 'tiny-nas'], 'Choose what the machine is for.'),
  load: z.enum(['bacula', 'web', 'general'], 'Choose what the server does.'),
  budgetBytes: z
    .number('Expected how much memory the server may use.')
    .int()
    .min(16 * 2 ** 20, 'Expected at least 16 MB: no server runs with less.')
    .max(2 ** 50),
})

/** Variables by name, as an option file says them. */
const values = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,79}$/, 'Expected the name of a variable: small letters, digits and underscores.'),
  z.string().min(1, 'Expected a value, got none.').max(300).regex(line, 'Expected a value of one line.'),
)

export const tuneDesired = z.object({
  kind: z.literal('tune'),
  server: serverKey,
  aim: tuningAim,
  /** What Pollux's own option file says; what is not named leaves it. */
  values,
  /** Names among them that a build of this version may lack: an option it does not know is passed over then. */
  loose: z.array(z.string().max(80)).max(100).default([]),
  /** Whether the server is restarted where a value takes that. */
  restart: z.boolean(),
  /** Make the folder that `tmpdir` names, for the server alone. */
  makeTmpdir: z.boolean().default(false),
})

/** A folder as an option file takes it without quotes. */
const folder = z
  .string()
  .max(300)
  .regex(
    /^(?:\/(?!\.{1,2}(?:\/|$))[\w.+-]+)+$/,
    'Expected a folder by its whole path, of letters, digits, dots, underscores, plus and minus signs.',
  )

/** A server where there is none. */
export const installDesired = z.object({
  kind: z.literal('install'),
  /** Where the data shall lie, a folder that is not there yet; null for the place that the package has for them. */
  dataDir: folder.nullable(),
  /** Where temporary files shall lie; null for the server's own default. */
  tmpdir: folder.nullable(),
  /** Who may connect: this machine alone, by the socket and 127.0.0.1, or whoever reaches one of its addresses. */
  network: z.enum(['local', 'all'], 'Choose who may connect.'),
})

/** What the wizard's form says. */
export const mysqlDesired = z.discriminatedUnion('kind', [tuneDesired, convertDesired, installDesired, accountDesired])

export type TuningAim = z.infer<typeof tuningAim>
export type TuneDesired = z.infer<typeof tuneDesired>
export type InstallDesired = z.infer<typeof installDesired>
export type MysqlDesired = z.infer<typeof mysqlDesired>
