import type { ConfigFiles } from './config-file'
import { parseInterfaces, sourcesOf } from './interfaces'

export const INTERFACES = '/etc/network/interfaces'
export const INTERFACES_FOLDER = '/etc/network/interfaces.d'

/** What a reading brought of ifupdown's files. */
export interface InterfacesFacts {
  files: ConfigFiles
  /** Folders that are there. */
  folders: readonly string[]
}

/** Whether ifupdown reads this file of the folder. */
export function isSourced(facts: InterfacesFacts, path: string): boolean {
  const name = path.slice(INTERFACES_FOLDER.length + 1)
  return sources(facts).some((source) => source.takes(name))
}

/**
 * The file of the folder that gets what Pollux calls `ownName`: the first name that an include lets through, and the line of
 * that include. Null where none does.
 */
export function sourcedPath(facts: InterfacesFacts, ownName: string): { path: string; line: number } | null {
  if (!facts.folders.includes(INTERFACES_FOLDER)) return null
  for (const source of sources(facts)) {
    const name = source.nameFor(ownName)
    if (name !== null) return { path: `${INTERFACES_FOLDER}/${name}`, line: source.line }
  }
  return null
}

function sources({ files }: InterfacesFacts) {
  const main = files[INTERFACES]
  if (main?.state !== 'there' || main.type !== 'file') return []
  return sourcesOf(parseInterfaces(main.bytes)).flatMap(({ kind, pattern, line }) => {
    const folder = pattern.replace(/\/+$/, '')
    if (kind === 'source-directory') {
      if (folder !== INTERFACES_FOLDER) return []
      // interfaces(5): names of letters, digits, underscores and hyphens only.
      return [{ line, takes: (name: string) => /^[A-Za-z0-9_-]+$/.test(name), nameFor: (own: string) => own }]
    }
    const at = pattern.lastIndexOf('/')
    const glob = pattern.slice(at + 1)
    if (pattern.slice(0, at) !== INTERFACES_FOLDER) return []
    const [front = '', back, ...more] = glob.split('*')
    const isSimple = back !== undefined && more.length === 0 && /^[\w.-]*$/.test(front + back)
    const takes = (name: string) =>
      isSimple
        ? name.startsWith(front) &&
          name.endsWith(back) &&
          name.length >= front.length + back.length &&
          !name.startsWith('.')
        : name === glob
    return [{ line, takes, nameFor: (own: string) => (isSimple ? `${front}${own}${back}` : null) }]
  })
}
