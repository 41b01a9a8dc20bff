import { z } from 'zod'

/** A name that needs no quoting for a shell or an option, and is quoted for the database all the same. */
const plainName = (what: string, most: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,${most - 1}}$`),
      `${what} has letters, digits and - _ . alone, at most ${most} of them.`,
    )

const wish = {
  database: plainName('The name of a database', 63),
  /** MySQL took 16 characters until 5.7.8, 32 since; PostgreSQL takes 63. */
  login: plainName('A login', 32),
  password: z
    .string()
    .min(12, 'The password of a new account has at least 12 characters.')
    .max(128, 'The password of a new account has at most 128 characters.')
    .regex(/^[\x21-\x7e]*$/, 'The password of a new account has letters, digits and signs of ASCII alone, no spaces.'),
  port: z.number().int().min(1).max(65_535),
  /** Read as the new account to prove that it can. */
  table: plainName('The name of a table', 63),
  /** Whether it was there when this was planned, with this password; the host asks again before it makes one. */
  seen: z.enum(['none', 'there']),
}

/** How root gets in as an administrator of MySQL: by the socket alone, root's own options, or those of Debian's maintenance. */
export const mysqlAdmin = z.enum(['socket', 'root-file', 'debian-file'])

/** An account that may only read one database of a server on the host itself. */
export const sqlAccountDesired = z.discriminatedUnion('dialect', [
  z.object({ dialect: z.literal('mysql'), ...wish, client: z.enum(['mariadb', 'mysql']), admin: mysqlAdmin }),
  z.object({
    dialect: z.literal('postgresql'),
    ...wish,
    /** Who makes new tables there: their rights are given from the start. */
    owner: plainName('The name of a role', 63).nullable(),
  }),
])

export type SqlAccountDesired = z.infer<typeof sqlAccountDesired>
export type DesiredOf<Dialect extends SqlAccountDesired['dialect']> = Extract<SqlAccountDesired, { dialect: Dialect }>
