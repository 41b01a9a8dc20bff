import type { AccountChange } from '@/lib/catalog/account/account-change'
import type { ShownCatalog } from '@/lib/catalog/find/found-director'
import { usualPorts } from '@/lib/catalog/find/usual-ports'
import { isTimeZone } from '@/lib/catalog/rules/local-time'
import { type TlsMode, tlsModes } from '@/lib/catalog/store/tls-modes'

/** The form of a catalog: where it is, who reads it, what it is called. */
export const emptyValues = {
  way: 'direct',
  dialect: 'mysql',
  address: '',
  port: '3306',
  database: 'bacula',
  tls: 'checked',
  tlsCa: '',
  path: '',
  accountKind: 'own',
  login: 'pollux',
  password: '',
  name: '',
  zone: '',
  directorHostId: '',
  consoleConfig: '',
}
export type ConnectValues = Readonly<typeof emptyValues>

/** Never kept outside the page. */
export const secretFields = ['password'] as const

/** Through which host a catalog is reached, and what was found there. */
export interface HostWay {
  id: string
  name: string
  /** Null where nothing was found, and the person says it. */
  found: ShownCatalog | null
  consoleConfig: string | null
}

/** What the form begins with: what was read on the host, filled in. */
export function firstValues(
  way: 'host' | 'direct' | 'file',
  host: HostWay | null,
  password: string,
  made: AccountChange | null = null,
): Record<keyof ConnectValues, string> {
  if (way !== 'host' || !host) return { ...emptyValues, way: way === 'file' ? 'file' : 'direct', password }
  const { found } = host
  const dialect = found?.dialect ?? 'mysql'
  return {
    ...emptyValues,
    way: dialect === 'sqlite' ? 'host-file' : 'tunnel',
    dialect: dialect === 'sqlite' ? 'mysql' : dialect,
    address: found?.address ?? '127.0.0.1',
    port: String(found?.port ?? usualPorts[asDialect(dialect)]),
    database: found?.database ?? 'bacula',
    path: found?.path ?? '',
    password,
    accountKind: made ? 'change' : 'own',
    name: host.name,
    zone: found?.zone ?? '',
    directorHostId: found ? host.id : '',
    consoleConfig: host.consoleConfig ?? '',
  }
}

/** What a place is made of beside what is typed. */
interface Around {
  hostId?: string | null
  /** The key of the catalog that was found, whose director's account may be used. */
  found?: string | null
  /** The catalog whose stored account stays. */
  kept?: string
  made?: AccountChange | null
}

/** The place as the server takes it. */
export function placeInput(values: ConnectValues, around: Around) {
  const { path } = values
  const throughHost = { hostId: around.hostId ?? '' }
  if (values.way === 'file') return { way: 'file' as const, path }
  if (values.way === 'host-file') return { way: 'host-file' as const, ...throughHost, path }
  const server = {
    dialect: asDialect(values.dialect),
    address: values.address,
    port: values.port,
    database: values.database,
    account: accountInput(values, around),
  }
  if (values.way === 'tunnel') return { way: 'tunnel' as const, ...throughHost, ...server }
  if (values.way === 'client') return { way: 'client' as const, ...throughHost, ...server }
  return { way: 'direct' as const, ...server, tls: asTlsMode(values.tls), tlsCa: values.tlsCa }
}

function asTlsMode(text: string): TlsMode {
  return tlsModes.find((mode) => mode === text) ?? 'checked'
}

function accountInput(values: ConnectValues, { found, kept, made }: Around) {
  if (values.accountKind === 'change' && made) return { kind: 'change' as const, changeId: made.changeId }
  if (values.accountKind === 'director' && found != null) return { kind: 'director' as const, found }
  if (values.accountKind === 'stored' && kept !== undefined) return { kind: 'stored' as const, catalogId: kept }
  return { kind: 'own' as const, login: values.login, password: values.password }
}

/** What a catalog is beside its place, as the server takes it. */
export function descriptionInput(values: Pick<ConnectValues, 'name' | 'zone' | 'directorHostId' | 'consoleConfig'>) {
  return {
    name: values.name,
    zone: values.zone,
    directorHostId: values.directorHostId || null,
    consoleConfig: values.directorHostId && values.consoleConfig ? values.consoleConfig : null,
  }
}

/** The server's sentences, whose names are paths (`place.account.login`), at the fields of this form. */
export function atFields(fields: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name.split('.').at(-1) ?? name, text]))
}

/** What is wrong with a field when it is left. */
export const connectChecks = {
  zone: (typed: string) =>
    isTimeZone(typed.trim()) ? null : `${typed.slice(0, 40)} is no time zone; one is Europe/Paris.`,
  port: (typed: string) =>
    /^\d{1,5}$/.test(typed.trim()) && Number(typed) >= 1 && Number(typed) <= 65535
      ? null
      : `A port is a whole number from 1 to 65535; this is ${typed.slice(0, 20)}.`,
  path: (typed: string) => (typed.trim().startsWith('/') ? null : 'A path begins with /.'),
}

/** Whether the address is the host's own, as far as a form can tell. */
export function isOnHost(address: string): boolean {
  return /^(127\.|::1$|localhost$)/.test(address.trim())
}

/** Another kind of database: with its usual port, where that of the other kind stands. */
export function withDialect(values: Pick<ConnectValues, 'port'>, dialect: string) {
  const isUsual = Object.values(usualPorts).some((port) => String(port) === values.port)
  return { dialect, port: isUsual ? String(usualPorts[asDialect(dialect)]) : values.port }
}

export function asDialect(text: string): 'mysql' | 'postgresql' {
  return text === 'postgresql' ? text : 'mysql'
}
