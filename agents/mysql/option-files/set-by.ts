import type { ServerVersion } from '../version'
import { addsUp } from './adds-up'
import { readerOf, type ServerGroups, serverGroups } from './groups'
import { type OptionName, readOptionName } from './option-name'
import type { ReadOrder, Setting } from './read-order'

/** A setting of a group that the server reads, with the name that it means. */
export interface ServerSetting extends Setting {
  /** How the name was found; `name` and `value` are those that it means. */
  found: OptionName['found']
  /** The names that an ambiguous abbreviation could mean. */
  candidates: readonly string[]
}

/** Who set an option. */
export interface SetBy {
  name: string
  /** The last one read. */
  winner: ServerSetting
  /** The others, in the order of reading; none has an effect. */
  overridden: readonly ServerSetting[]
  /** Those before the winner that count together with it; see adds-up.ts. */
  alsoCounts: readonly ServerSetting[]
  /** Why another one may win after all, in one sentence; null when the order is sure. */
  doubt: string | null
}

/** What is known of the server besides its version. */
export interface SetByRules {
  /** The groups that its binary says it reads; without, those of its version. */
  groups?: ServerGroups
  /** All names that it knows; without, abbreviations and `skip-` stay as they are written. */
  known?: ReadonlySet<string>
}

/**
 * Which line of the option files decides each option of the server, in the order of their names. The last line that was
 * read wins, in whichever group it stands. The command line, SET GLOBAL and SET PERSIST come after all of them.
 */
export function setBy(order: ReadOrder, version: ServerVersion, rules: SetByRules = {}): SetBy[] {
  const byName = new Map<string, ServerSetting[]>()
  for (const setting of serverSettings(order, version, rules))
    byName.set(setting.name, [...(byName.get(setting.name) ?? []), setting])
  const groups = rules.groups ?? serverGroups(version)
  return [...byName]
    .flatMap(([name, settings]) => {
      const winner = settings.at(-1)
      const before = settings.slice(0, -1)
      const [overridden, alsoCounts] = addsUp(name) ? [[], before] : [before, []]
      return winner ? [{ name, winner, overridden, alsoCounts, doubt: doubtOf(order, groups, winner, overridden) }] : []
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** What the server takes from its files, in the order of reading, with the names that it makes of them. */
export function serverSettings(order: ReadOrder, version: ServerVersion, rules: SetByRules = {}): ServerSetting[] {
  const groups = rules.groups ?? serverGroups(version)
  return order.settings.flatMap((setting) => {
    const reader = readerOf(setting.group, groups)
    if (reader !== 'server' && reader !== 'perhaps-server') return []
    if (!rules.known) return [{ ...setting, found: 'as-written' as const, candidates: [] }]
    // A `set-variable` was taken apart when the file was read.
    const meant = readOptionName(setting.name, setting.value, { version, known: rules.known })
    return [{ ...setting, ...meant, isLoose: setting.isLoose || meant.isLoose }]
  })
}

function doubtOf(
  order: ReadOrder,
  groups: ServerGroups,
  winner: ServerSetting,
  overridden: readonly ServerSetting[],
): string | null {
  const rivals = overridden.filter(({ value }) => value !== winner.value)
  const perhaps = [winner, ...rivals].find(({ group }) => readerOf(group, groups) === 'perhaps-server')
  if (perhaps) return `It is not certain that this server reads the group [${perhaps.group}].`
  if (!order.isOrderSure) {
    const folder = order.files[winner.reading]?.folder ?? null
    const rival = rivals.find(
      ({ reading }) => folder !== null && reading !== winner.reading && order.files[reading]?.folder === folder,
    )
    if (rival) return `It is not certain that this server reads ${winner.file} after ${rival.file}.`
  }
  return order.isComplete ? null : 'Not every file that the server may read could be looked at.'
}
