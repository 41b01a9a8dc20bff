import { type Answer, byColumn } from './parse-answer'
import type { Said, Setter } from './said-facts'
import type { Told } from './told'

/** Words of MySQL's variables_info.VARIABLE_SOURCE and of MariaDB's SYSTEM_VARIABLES.GLOBAL_VALUE_ORIGIN (their manuals). */
const ways: Readonly<Record<string, Setter['how'] | 'nobody'>> = {
  COMPILED: 'nobody',
  'COMPILE-TIME': 'nobody',
  GLOBAL: 'file',
  SERVER: 'file',
  EXPLICIT: 'file',
  EXTRA: 'file',
  USER: 'file',
  LOGIN: 'file',
  CONFIG: 'file',
  COMMAND_LINE: 'command-line',
  'COMMAND-LINE': 'command-line',
  ENVIRONMENT: 'environment',
  PERSISTED: 'persisted',
  DYNAMIC: 'sql',
  SQL: 'sql',
  AUTO: 'automatic',
}

/** Who set each variable, by its name in small letters; a variable that nobody set is left out. */
export function parseSetters({ sections }: Answer): Said['setters'] {
  const { sources, origins } = sections
  const asked = [sources, origins].find(
    (section) => section && section.error === null && section.results.rows.length > 0,
  )
  if (!asked) {
    const cut = sources && origins ? null : 'the answer ended before this was told'
    const detail = cut ?? sources?.error ?? origins?.error ?? 'the server has no table that tells it'
    return { state: 'not-read', why: cut ? 'cut-off' : 'failed', detail } satisfies Told<never>
  }
  const rows = byColumn(asked.results).flatMap((row): [string, Setter][] => {
    const word = row.variable_source ?? row.global_value_origin
    const how = word ? (ways[word] ?? 'other') : 'nobody'
    if (how === 'nobody' || !row.variable_name) return []
    const by = row.set_user ? `'${row.set_user}'@'${row.set_host ?? ''}'` : null
    return [
      [
        row.variable_name.toLowerCase(),
        {
          how,
          path: row.variable_path || row.global_value_path || null,
          by,
          at: row.set_time ?? null,
          compiled: row.default_value ?? null,
        },
      ],
    ]
  })
  return { state: 'read', value: Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1))) }
}
