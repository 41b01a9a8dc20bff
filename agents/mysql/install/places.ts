import type { MysqlFacts } from '../facts/facts'
import type { FileSystem } from '../facts/host-facts'

/** Where Debian's packages put the data. */
export const PACKAGE_DATA = '/var/lib/mysql'

/** Below this a root file system is kept for the system, and the data go elsewhere. */
const SMALL_ROOT = 2 * 2 ** 30
/** What a server without any database takes: its logs and its own tables, and some room to work in. */
export const LEAST_ROOM = 256 * 2 ** 20

/** A file system that data could lie on. */
export interface Place {
  mount: string
  type: string
  availableBytes: number
}

/** Local, writable file systems that outlast a reboot, the roomiest first; those for starting the machine are left out. */
export function placesOf({ fileSystems }: MysqlFacts): Place[] {
  if (fileSystems.state === 'not-read') return []
  const all = fileSystems.value.flatMap((fileSystem): Place[] => {
    const { mount, type, availableBytes } = fileSystem
    const isShown = fileSystems.value.findLast((other) => other.mount === mount) === fileSystem
    return isShown && availableBytes !== null && isFit(fileSystem) ? [{ mount, type, availableBytes }] : []
  })
  return all.toSorted((a, b) => b.availableBytes - a.availableBytes || (a.mount < b.mount ? -1 : 1))
}

function isFit({ mount, type, isNetwork, readOnly }: FileSystem): boolean {
  return !isNetwork && !readOnly && !isVolatile(type) && !['/boot', '/etc', '/usr'].some((top) => isIn(mount, top))
}

/** What lies in memory is gone after a reboot. */
export function isVolatile(type: string): boolean {
  return type === 'tmpfs' || type === 'ramfs' || type === 'devtmpfs'
}

/** Whether a path is a folder or lies in it. */
export function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

/**
 * Where the data should lie: null for the package's own place; a folder on the roomiest file system where the root, on
 * which the package's place is, is small.
 */
export function suggestedDataDir(facts: MysqlFacts): string | null {
  const [roomiest, ...others] = placesOf(facts)
  const usual = [roomiest, ...others]
    .filter((place) => place !== undefined)
    .filter(({ mount }) => isIn(PACKAGE_DATA, mount))
    .toSorted((a, b) => b.mount.length - a.mount.length)[0]
  if (!roomiest || !usual || roomiest.mount === usual.mount || usual.availableBytes >= SMALL_ROOT) return null
  return `${roomiest.mount}/mysql`
}
