import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { addressField, portField } from '@/lib/inventory/fields'
import { isTimeZone } from '../rules'
import { tlsModes } from './tls-modes'

const hasControls = (text: string) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)

/** What people call a catalog. */
export const catalogNameField = z
  .string('Give the catalog a name.')
  .trim()
  .min(1, 'Give the catalog a name.')
  .max(80, 'A name has at most 80 characters.')
  .refine((name) => !hasControls(name), 'A name has no control characters.')

/** A time zone by its name in the tz database. */
export const zoneField = z
  .string('Choose the zone of the director.')
  .trim()
  .min(1, 'Choose the zone of the director: the catalog stores its local times.')
  .refine(isTimeZone, { error: (issue) => `${shown(issue.input)} is no time zone; one is Europe/Paris.` })

const pathField = z
  .string('Type the path of the file.')
  .trim()
  .min(1, 'Type the path of the file.')
  .max(1024, 'A path has at most 1,024 characters.')
  .refine((path) => path.startsWith('/'), 'A path begins with /.')
  .refine((path) => !hasControls(path), 'A path has no control characters.')

const databaseField = z
  .string('Type the name of the database.')
  .trim()
  .min(1, 'Type the name of the database, such as bacula.')
  .max(64, 'A name of a database has at most 64 characters.')
  .refine((name) => !hasControls(name), 'A name of a database has no control characters.')

const loginField = z
  .string('Type the login.')
  .trim()
  .min(1, 'Type the login, such as pollux.')
  .max(80, 'A login has at most 80 characters.')
  .refine((name) => !hasControls(name), 'A login has no control characters.')

const passwordField = z.string().max(1024, 'A password has at most 1,024 characters.')

/** Who Pollux is to the database: an account of its own, one that a change made, the director's, or the one that is stored. */
const AccountInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own'), login: loginField, password: passwordField }),
  z.object({ kind: z.literal('change'), changeId: z.coerce.number().int().min(1) }),
  z.object({ kind: z.literal('director'), found: z.string().min(1) }),
  z.object({ kind: z.literal('stored'), catalogId: z.string().min(1) }),
])

const server = {
  dialect: z.enum(['mysql', 'postgresql'], 'Choose the kind of database.'),
  address: addressField,
  port: portField,
  database: databaseField,
  account: AccountInput,
}
const hostId = z.string('Choose a host.').min(1, 'Choose a host.')

const begin = '-----BEGIN CERTIFICATE-----'

/** Certificates in PEM; empty for those that the machine trusts. */
const tlsCaField = z
  .string()
  .trim()
  .max(65_536, 'Certificates have at most 65,536 characters here. Paste only that of the authority.')
  .refine(
    (text) => !text.includes('PRIVATE KEY'),
    'This holds a private key, which is for the server alone. Paste only the certificate.',
  )
  .refine((text) => text === '' || areCertificates(text), `This is no certificate in PEM; one begins with ${begin}.`)
  .transform((text) => text || null)
  .nullable()

/** Whether a connection over the network is encrypted; checked where nothing is said. */
const encryption = {
  tls: z.enum(tlsModes, 'Choose the encryption.').default('checked'),
  tlsCa: tlsCaField.default(null),
}

/** Where a catalog is, as a form says it. */
export const PlaceInput = z.discriminatedUnion('way', [
  z.object({ way: z.literal('direct'), ...server, ...encryption }),
  z.object({ way: z.literal('tunnel'), hostId, ...server }),
  z.object({ way: z.literal('client'), hostId, ...server }),
  z.object({ way: z.literal('host-file'), hostId, path: pathField }),
  z.object({ way: z.literal('file'), path: pathField }),
])
export type PlaceInput = z.infer<typeof PlaceInput>

/** What a catalog is beside its place. */
export const CatalogDescription = z.object({
  name: catalogNameField,
  zone: zoneField,
  directorHostId: z.string().min(1).nullable(),
  consoleConfig: pathField.nullable(),
})

function areCertificates(text: string): boolean {
  const parts = text.split(begin).slice(1)
  try {
    return parts.length > 0 && parts.every((part) => new X509Certificate(begin + part).subject !== undefined)
  } catch {
    return false
  }
}

function shown(input: unknown): string {
  return typeof input === 'string' ? input.slice(0, 40) : 'This'
}
