import type { ConfigFile } from '@/lib/agent/config-file'
import { parseServerVersion, type ServerVersion } from '../../version'
import type { OptionSources } from '../read-order'

export function version(text: string): ServerVersion {
  const found = parseServerVersion(text)
  if (!found) throw new Error(`expected a version, got ${text}`)
  return found
}

/** A file as it is read from a host, root's and readable to all unless told otherwise. */
export function file(bytes: string, more: Partial<Extract<ConfigFile, { state: 'there' }>> = {}): ConfigFile {
  return { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes, ...more }
}

/** A host with these files; a string is a file's bytes, null an empty folder. */
export function host(
  files: Readonly<Record<string, string | ConfigFile | null>>,
  more: Partial<OptionSources> = {},
): OptionSources {
  const paths = Object.keys(files)
  return {
    startFiles: ['/etc/my.cnf', '/etc/mysql/my.cnf', '~/.my.cnf'],
    home: '/root',
    version: version('10.11.19-MariaDB'),
    fileAt: (path) => {
      const found = files[path]
      return found === undefined || found === null
        ? { state: 'absent' }
        : typeof found === 'string'
          ? file(found)
          : found
    },
    listDir: (path) => {
      const inside = paths.filter((each) => each.startsWith(`${path}/`))
      const names = inside
        .map((each) => each.slice(path.length + 1))
        .filter((each) => each !== '' && !each.includes('/'))
      return files[path] === null || inside.length > 0 ? { state: 'there', names } : { state: 'absent' }
    },
    ...more,
  }
}
