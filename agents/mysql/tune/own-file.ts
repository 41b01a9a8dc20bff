import { refuse } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { TuneDesired } from '../desired'
import { parseOptionFile, printOptionFile } from '../option-files/document'
import { type OptionWish, withOptions } from '../option-files/edit'
import { type LastReadPlace, lastReadPlace } from '../option-files/last-read-place'
import type { ResolvedServer } from '../server/resolve-server'
import { variableName } from '../variables'

export type Place = Exclude<LastReadPlace, { kind: 'nowhere' }>

const HEAD = '# Set by Pollux, and read last. A change of it by hand is shown as drift and kept.\n'
const GROUP = 'mysqld'

/** Where Pollux's values stand on this host. Throws AppError `invalid` where the server reads no file at all. */
export function placeOf({ order, version, hostName }: ResolvedServer): Place {
  const place = lastReadPlace(order, version)
  if (place.kind === 'nowhere') throw refuse(`${hostName}: ${place.reason} Make /etc/mysql/my.cnf first.`)
  return place
}

/** The file's bytes with exactly these values in Pollux's group, every other byte as it is. */
export function fileWithValues(
  { facts }: ResolvedServer,
  place: Place,
  { values, loose }: Pick<TuneDesired, 'values' | 'loose'>,
): string {
  const found = fileAt(facts.files, place.path)
  const isNew = found.state !== 'there'
  const file = parseOptionFile(isNew ? HEAD : found.bytes)
  const rules = place.kind === 'main-file' ? { under: place.under } : {}
  const gone = namesIn(file, place).filter((name) => values[name] === undefined)
  const wishes: OptionWish[] = [
    ...gone.map((name): OptionWish => ({ name, do: 'remove' })),
    ...Object.entries(values)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]): OptionWish => ({ name: loose.includes(name) ? `loose_${name}` : name, do: 'set', value })),
  ]
  return printOptionFile(withOptions(file, GROUP, wishes, rules))
}

/** The names that stand in a drop-in of Pollux's own; of a file that others write as well, those below its comment. */
function namesIn(file: ReturnType<typeof parseOptionFile>, place: Place): string[] {
  let isOurs = place.kind === 'drop-in'
  return file.lines.flatMap((line, at) => {
    if (line.kind === 'group' && place.kind === 'main-file') {
      const above = file.lines[at - 1]
      isOurs = above?.kind === 'comment' && above.raw.trim() === `# ${place.under}`
    }
    return isOurs && line.kind === 'option' ? [variableName(line.name)] : []
  })
}
