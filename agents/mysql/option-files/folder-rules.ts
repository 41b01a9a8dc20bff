import { isAtLeast, type ServerVersion } from '../version'

/**
 * Which names of an `!includedir` folder the server takes, in the order in which it reads them: sorted by their bytes,
 * so that "Z.cnf" stands before "a.cnf". Hidden files and "…~.cnf" are names like any other.
 */
export function namesToRead(names: readonly string[], version: ServerVersion | null): string[] {
  return names.filter((name) => isTaken(name, version) !== 'no').toSorted(byBytes)
}

/**
 * Whether a name's ending lets the server read it: ".cnf" in small letters. Older servers took the first dot for the
 * ending's, and do not read "a.b.cnf" (fn_ext in mysys/mf_fn_ext.c); MySQL 8.0 and MariaDB 10.5 do.
 */
export function isTaken(name: string, version: ServerVersion | null): 'yes' | 'no' | 'unsure' {
  if (!name.endsWith('.cnf')) return 'no'
  if (name.indexOf('.') === name.length - '.cnf'.length) return 'yes'
  if (!version) return 'unsure'
  if (version.flavour === 'mariadb') return isAtLeast(version, 10, 5) ? 'yes' : 'unsure'
  return isAtLeast(version, 8) ? 'yes' : isAtLeast(version, 5, 7) ? 'unsure' : 'no'
}

/**
 * Whether the server sorts a folder. MySQL's manual promises no order. Its sources sort from 5.1 on (my_dir in
 * mysys/my_lib.c), and so do MariaDB's; of older ones we do not know.
 */
export function sortsFolders(version: ServerVersion | null): boolean {
  return version !== null && isAtLeast(version, 5, 1)
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
