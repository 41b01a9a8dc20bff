import type { ServerVersion } from '../version'
import { hasCome, valueIn } from './moving'
import type { Kind, Life, VariableRow } from './row'
import { parseSize } from './size'
import { table } from './table'

/** What one version makes of a variable. */
export interface VariableRule {
  name: string
  kind: Kind
  scope: 'global' | 'both'
  /** Whether a server of this version starts with the option in its files. */
  isKnown: boolean
  /** Known, and without any effect. */
  doesNothing: boolean
  /** The name that took its place, where there is one. */
  replacedBy: string | null
  /** Bounds in bytes or units; null where there are none. The server moves a value within them, with a warning. */
  min: number | null
  max: number | null
  /** The least value that the server also starts with; at least `min`. */
  startsFrom: number | null
  /** The server rounds down to a multiple of this; 1 where it does not. */
  block: number
  words: readonly string[] | null
  /** As an option file would say it; null where the server computes it, or has none. */
  default: string | null
  /** Whether `SET GLOBAL` changes it in a running server. */
  isDynamic: boolean
  /** The page of the flavour's manual, and the variable on it. */
  source: string
}

const byName = new Map(table.map((row) => [row.name, row]))

/**
 * `Loose-Max-Connections` is `max_connections`: option files take dashes, underscores, and `loose_` before a name; case does not
 * matter for a variable (MySQL Reference Manual, "Using Options to Set Program Variables").
 */
export function variableName(option: string): string {
  return option
    .trim()
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/^loose_/, '')
}

/** The row of a variable, by any spelling of its name; null where the table has none. */
export function findVariable(name: string): VariableRow | null {
  return byName.get(variableName(name)) ?? null
}

/**
 * The row that an abbreviation means: `max_connection` is `max_connections`. Null where the table has none or several that begin so.
 * MariaDB and MySQL up to 5.7 take what is unique among all their options, and MySQL 8.0 nothing short (MySQL Reference Manual,
 * "Program Option Modifiers").
 */
export function findByPrefix(prefix: string): VariableRow | null {
  const name = variableName(prefix)
  const found = table.filter((row) => row.name.startsWith(name))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** What a version makes of a variable; null where the table has no such row. */
export function ruleFor(name: string, version: ServerVersion): VariableRule | null {
  const row = findVariable(name)
  if (row === null) return null
  const life = row[version.flavour]
  const size = (moving: Life['min']) => numberOf(valueIn(moving, version))
  const min = size(life?.min)
  return {
    name: row.name,
    kind: row.kind,
    scope: row.scope,
    isKnown: life !== null && isKnown(life, version),
    doesNothing: life?.doesNothing !== undefined && isKnown(life, version) && hasCome(version, life.doesNothing),
    replacedBy: row.replacedBy ?? null,
    min,
    max: size(life?.max),
    startsFrom: Math.max(min ?? 0, size(life?.startsFrom) ?? 0) || min,
    block: size(life?.block) ?? 1,
    words: valueIn(life?.words, version)?.split(' ') ?? null,
    default: valueIn(life?.default, version) ?? null,
    isDynamic: life?.dynamic !== undefined && hasCome(version, life.dynamic),
    source: `${row.page[version.flavour]}, ${row.name}`,
  }
}

/** Whether the version has the variable and does something with it. */
export function isOfUse(rule: VariableRule | null): boolean {
  return rule?.isKnown === true && !rule.doesNothing
}

/** The names of the table that a server of this version starts with, also where it does nothing with them; sorted. */
export function knownNames(version: ServerVersion): string[] {
  return table.flatMap((row) => (ruleFor(row.name, version)?.isKnown ? [row.name] : [])).sort()
}

function isKnown(life: Life, version: ServerVersion): boolean {
  if (life.since !== undefined && !hasCome(version, life.since)) return false
  return life.removed === undefined || !hasCome(version, life.removed)
}

function numberOf(text: string | undefined): number | null {
  return text === undefined || text === 'none' ? null : parseSize(text)
}
