import { z } from 'zod'
import { serverKey } from '../server/key'

const line = /^[^\0\r\n]*$/

/** What Pollux's own account of a server may do; `nothing` takes it away. */
export const accountMay = z.enum(['read', 'tune', 'nothing'], 'Choose what the account may do.')

/** An administrator of the server, for the time of the change. */
export const administrator = z.object({
  name: z
    .string()
    .min(1, 'Expected the name of an administrator.')
    .max(128, 'A name has at most 128 characters.')
    .regex(line, 'Expected a name of one line.'),
  /** Empty where it was forgotten, as it is when the change has ended. */
  password: z
    .string()
    .max(256, 'Expected a password of at most 256 characters.')
    .regex(line, 'Expected a password of one line.'),
})

/** An account by which Pollux asks one server, where root of its socket is not let in. */
export const accountDesired = z.object({
  kind: z.literal('account'),
  server: serverKey,
  may: accountMay,
  /** Null where root of the host is let in without a password that Pollux would have to be told. */
  admin: administrator.nullable(),
})

export type AccountMay = z.infer<typeof accountMay>
export type Administrator = z.infer<typeof administrator>
export type AccountDesired = z.infer<typeof accountDesired>
