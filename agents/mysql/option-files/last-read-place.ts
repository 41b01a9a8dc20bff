import type { ServerVersion } from '../version'
import { byBytes, sortsFolders } from './folder-rules'
import { readerOf, serverGroups } from './groups'
import type { ReadFolder, ReadOrder, Setting } from './read-order'

/** Where settings stand so that nothing that is read later overrides them. */
export type LastReadPlace =
  | {
      kind: 'drop-in'
      /** Of the file, new or Pollux's own from before. */
      path: string
      folder: string
      /** One plain sentence. */
      reason: string
      /** What the server reads after it all the same, of the groups that it reads. */
      later: readonly Setting[]
      isOrderSure: boolean
    }
  | {
      kind: 'main-file'
      path: string
      /** The comment above Pollux's own group at the file's end, for `under` of `withOptions`. */
      under: string
      reason: string
      later: readonly Setting[]
      isOrderSure: boolean
    }
  | { kind: 'nowhere'; reason: string }

const NAME = 'pollux.cnf'
const UNDER = 'Set by Pollux'

/**
 * The place that this server reads last: a file of its own in the folder of the last `!includedir`, with a name that
 * sorts behind all others there; else the end of the last start file that is there. The name has one dot, since older
 * servers read no other.
 */
export function lastReadPlace(order: ReadOrder, version: ServerVersion): LastReadPlace {
  const folder = order.folders.at(-1)
  const groups = serverGroups(version)
  const after = (at: number) =>
    order.settings.slice(at).filter(({ group }) => ['server', 'perhaps-server'].includes(readerOf(group, groups)))
  if (folder) {
    const name = nameIn(folder)
    const path = `${folder.path === '/' ? '' : folder.path}/${name}`
    const later = after(endOf(order, folder)).filter(({ file }) => file !== path)
    const isOrderSure = sortsFolders(version)
    return { kind: 'drop-in', path, folder: folder.path, reason: reasonFor(folder, name, later), later, isOrderSure }
  }
  // The file in a home is for clients and their passwords.
  const first = order.files.findLastIndex(({ by, path }) => by === null && !path.endsWith('/.my.cnf'))
  const start = order.files[first]
  if (!start) return { kind: 'nowhere', reason: 'The server has no option file yet that it would read.' }
  const next = order.files.findIndex(({ by }, reading) => by === null && reading > first)
  const later = next < 0 ? [] : after(order.settings.findIndex(({ reading }) => reading >= next))
  return {
    kind: 'main-file',
    path: start.path,
    under: UNDER,
    reason: `No file includes a folder, and ${start.path} is the last one of the system's that the server reads.`,
    later,
    isOrderSure: true,
  }
}

/** "zz-pollux.cnf", or with more z where another name would sort behind it. */
function nameIn({ names }: ReadFolder): string {
  const others = names.filter((name) => !/^z+-pollux\.cnf$/.test(name))
  const candidates = Array.from({ length: 9 }, (_, more) => `${'z'.repeat(2 + more)}-${NAME}`)
  const isLast = (name: string) => others.every((other) => byBytes(other, name) < 0)
  // One that is there already stays as long as it is the last.
  return candidates.find((name) => names.includes(name) && isLast(name)) ?? candidates.find(isLast) ?? `zz-${NAME}`
}

/** How many settings stood when the last of the folder's names that sort before ours was read. */
function endOf(order: ReadOrder, folder: ReadFolder): number {
  const name = nameIn(folder)
  const index = order.folders.indexOf(folder)
  const behind = order.files.findIndex(
    ({ path, folder: at }) => at === index && byBytes(path.slice(path.lastIndexOf('/') + 1), name) > 0,
  )
  return behind < 0 ? folder.end : order.settings.findIndex(({ reading }) => reading >= behind)
}

function reasonFor({ path, by }: ReadFolder, name: string, later: readonly Setting[]): string {
  const [first] = later
  const why = `${by.file} includes ${path} in line ${by.line}, the last folder that the server reads, and ${name} is the last file there.`
  if (!first) return why
  return `${why} What ${first.file} says from line ${first.line} on is read later all the same.`
}
