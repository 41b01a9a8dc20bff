import { read } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { fieldError } from '@/lib/errors/parse-input'
import { sshTargetOf } from '@/lib/inventory/target-of'
import { unseal } from '@/lib/secrets/seal'
import type { SqlAccount, SqlPlace } from '@/lib/sql'
import { isItself } from '@/lib/vantage/addresses'
import { accountOfChange } from '../account/account-change'
import { getFoundCatalog } from '../find/find-director'
import { passwordPlace } from './catalog-place'
import { catalogNotFound } from './not-found'
import type { PlaceInput } from './place-input'
import { type TlsMode, tlsOf } from './tls-modes'

/** What the store keeps of a place, but for the password. */
export interface PlaceColumns {
  way: PlaceInput['way']
  dialect: 'mysql' | 'postgresql' | 'sqlite'
  hostId: string | null
  address: string | null
  port: number | null
  database: string | null
  login: string | null
  tls: TlsMode
  tlsCa: string | null
  path: string | null
}

export interface ResolvedPlace {
  columns: PlaceColumns
  /** A secret. */
  password: string | null
  /** Holds secrets: for lib/sql alone. */
  place: SqlPlace
}

/**
 * A place as a form says it, with its account: a password that the browser never had comes from the director's configuration
 * or the store. Throws `invalid` where there is none, and what reaching the host throws.
 */
export async function resolvePlace(input: PlaceInput): Promise<ResolvedPlace> {
  const hostId = 'hostId' in input ? input.hostId : null
  const target = hostId === null ? null : await sshTargetOf(hostId)
  if (input.way === 'file' || input.way === 'host-file') {
    const columns = { ...nothing, way: input.way, dialect: 'sqlite' as const, hostId, path: input.path }
    const file = { dialect: 'sqlite' as const, path: input.path }
    const place: SqlPlace = target ? { way: 'host-file', target, ...file } : { way: 'file', ...file }
    return { columns, password: null, place }
  }
  const { user, password } = await accountOf(input)
  const { way, dialect, address, port, database } = input
  const server = { dialect, host: address, port, account: { user, password, database } }
  const columns = { ...nothing, way, dialect, hostId, address, port, database, login: user }
  if (input.way === 'direct') {
    const encryption = { tls: input.tls, tlsCa: input.tls === 'checked' ? input.tlsCa : null }
    const place: SqlPlace = { way: 'direct', tls: tlsOf(encryption), ...server }
    return { columns: { ...columns, ...encryption }, password, place }
  }
  if (!target) throw new AppError('internal', `expected a host for the way ${way}, got none`)
  return { columns, password, place: { way: input.way, target, ...server } }
}

const nothing = {
  ...{ hostId: null, address: null, port: null, database: null, login: null, path: null },
  ...{ tls: 'off' as const, tlsCa: null },
}

type ServerInput = Extract<PlaceInput, { account: unknown }>

async function accountOf(input: ServerInput): Promise<Omit<SqlAccount, 'database'>> {
  const { account, address } = input
  const hostId = 'hostId' in input ? input.hostId : null
  if (account.kind === 'own') return { user: account.login, password: account.password }
  if (account.kind === 'change') {
    if (hostId === null || !isItself(address))
      throw fieldError('address', 'The account of a change is used on the host where it was made, by 127.0.0.1.')
    return accountOfChange(account.changeId, { ...input, hostId })
  }
  if (account.kind === 'stored') return storedAccount(account.catalogId)
  if (hostId === null)
    throw fieldError('account', 'The account of the director is known only where its host is read by SSH.')
  const found = await getFoundCatalog(hostId, account.found)
  if (found.user === null)
    throw fieldError('account', 'The configuration of the director names no account. Type one instead.')
  return { user: found.user, password: found.password ?? '' }
}

async function storedAccount(catalogId: string): Promise<Omit<SqlAccount, 'database'>> {
  const select = { login: true, sealedPassword: true } as const
  const row = await read((tx) => tx.catalog.findUnique({ where: { id: catalogId }, select }))
  if (!row) throw catalogNotFound(catalogId)
  const password = row.sealedPassword ? unseal(row.sealedPassword, passwordPlace(catalogId)) : ''
  return { user: row.login ?? '', password }
}
