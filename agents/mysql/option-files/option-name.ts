import { isAtLeast, type ServerVersion } from '../version'

/** What an option's name in a file means to the server. */
export interface OptionName {
  /** The variable's name, with underscores. Of an option that no list knows: as it is written, without `loose_`. */
  name: string
  value: string | null
  /** An unknown one is passed over with a warning, and does not keep the server from starting. */
  isLoose: boolean
  /** How the name was found. `as-written`: there was no list to look in. */
  found: 'exactly' | 'by-abbreviation' | 'as-written' | 'ambiguous' | 'unknown'
  /** The names that an ambiguous abbreviation could mean, sorted. */
  candidates: readonly string[]
}

/** What is known of the server that reads the name; each part may be missing. */
export interface NameRules {
  version?: ServerVersion | null
  /** All names that the server knows, in any spelling (`mysqld --verbose --help` lists them). */
  known?: ReadonlySet<string>
}

// In the order in which mysys/my_getopt.c tries them.
const prefixes = ['skip', 'disable', 'enable', 'maximum', 'loose', 'autoset'] as const
type Prefix = (typeof prefixes)[number]

/**
 * MariaDB reads these first and apart from the rest, and looks for abbreviations among them alone. So `max_conn` is no
 * ambiguous one there, though `max_connect_errors` begins so as well (seen with 10.5 and 10.11).
 */
const firstInMariadb = ['max_connections']

/** Dashes as underscores: the servers know no difference between them, anywhere in a name. */
export function withUnderscores(name: string): string {
  return name.replaceAll('-', '_')
}

/** Whether the server takes the unambiguous beginning of a name for the name. MySQL stopped to with 8.0. */
export function takesAbbreviations(version: ServerVersion): boolean {
  return version.flavour === 'mariadb' || !isAtLeast(version, 8)
}

/** Whether `Max_Connections` is `max_connections`. Seen with MariaDB 10.11 and 11.8; 10.5 does not know such a name. */
export function ignoresCase(version: ServerVersion): boolean {
  return version.flavour === 'mariadb' && isAtLeast(version, 10, 11)
}

/** Whether the server still knows `set-variable = name=value`. MySQL 5.5.3 dropped it, MariaDB 5.5 as well. */
export function takesSetVariable(version: ServerVersion): boolean {
  return !isAtLeast(version, 5, 5)
}

/**
 * Finds the variable that an option of a file sets, as the server does: the name itself, or, without a
 * special prefix (`skip-`, `disable-`, `enable-`, `maximum-`, `loose-`), another one (MySQL manual, "Program Option
 * Modifiers"). Without a list of known names only `loose-` and `set-variable` are seen, since `skip-…` and `enable-…`
 * begin the names of real options too.
 */
export function readOptionName(written: string, value: string | null, rules: NameRules = {}): OptionName {
  const { version, known } = rules
  const name = version && ignoresCase(version) ? written.toLowerCase() : written
  if (withUnderscores(name) === 'set_variable' && value !== null && (!version || takesSetVariable(version))) {
    const [, inner = value, innerValue] = /^([^=]*)=([\s\S]*)$/.exec(value) ?? []
    return readOptionName(inner, innerValue ?? null, rules)
  }
  return known ? findName(withUnderscores(name), value, known, version) : withoutLoose(withUnderscores(name), value)
}

function withoutLoose(name: string, value: string | null): OptionName {
  const bare = name.replace(/^(?:loose_)+/, '')
  return { name: bare, value, isLoose: bare !== name, found: 'as-written', candidates: [] }
}

function findName(
  written: string,
  value: string | null,
  known: ReadonlySet<string>,
  version: ServerVersion | null | undefined,
): OptionName {
  const names = new Set([...known].map(withUnderscores))
  const isShortTaken = !version || takesAbbreviations(version)
  let [bare, isLoose] = [written, false]
  let last: Prefix | null = null
  for (;;) {
    const hit = lookUp(bare, names, isShortTaken, version?.flavour === 'mariadb')
    if (hit.found === 'ambiguous') return { ...hit, value, isLoose }
    // `maximum-x` is the most that x may be set to, and not x.
    const name = last === 'maximum' ? `maximum_${hit.name}` : hit.name
    if (hit.found !== 'unknown') return { ...hit, name, value: given(value, last), isLoose }
    const next = prefixes.find((prefix) => bare.startsWith(`${prefix}_`))
    if (!next) return { ...withoutLoose(written, value), isLoose, found: 'unknown' }
    last = next
    isLoose ||= next === 'loose'
    bare = bare.slice(next.length + 1)
  }
}

type Hit = Pick<OptionName, 'name' | 'found' | 'candidates'>

function lookUp(name: string, known: ReadonlySet<string>, isShortTaken: boolean, isMariadb: boolean): Hit {
  if (known.has(name)) return { name, found: 'exactly', candidates: [] }
  // A key cache of its own: the name behind the dot is the option's.
  const dot = name.indexOf('.')
  if (dot >= 0) {
    const inner = lookUp(name.slice(dot + 1), known, isShortTaken, isMariadb)
    return inner.found === 'unknown' ? { ...inner, name } : { ...inner, name: `${name.slice(0, dot)}.${inner.name}` }
  }
  if (!isShortTaken || name === '') return { name, found: 'unknown', candidates: [] }
  const begins = (each: string) => each.startsWith(name)
  const first = isMariadb ? firstInMariadb.filter((each) => known.has(each) && begins(each)) : []
  const candidates = first.length > 0 ? first : [...known].filter(begins).toSorted()
  const [only] = candidates
  if (only === undefined) return { name, found: 'unknown', candidates: [] }
  return candidates.length === 1
    ? { name: only, found: 'by-abbreviation', candidates: [] }
    : { name, found: 'ambiguous', candidates }
}

/** What a special prefix makes of the value; only the one that stands directly before the name counts. */
function given(value: string | null, prefix: Prefix | null): string | null {
  if (prefix === 'skip' || prefix === 'disable') return value === '0' ? '1' : '0'
  if (prefix === 'enable') return value === '0' ? '0' : '1'
  return prefix === 'autoset' ? 'auto' : value
}
