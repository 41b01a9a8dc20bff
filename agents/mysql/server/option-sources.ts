import { type ConfigFile, fileAt } from '@/lib/agent/config-file'
import type { MysqlFacts } from '../facts/facts'
import { type Folder, type ReadOrder, readOrder } from '../option-files/read-order'
import { usualStartFiles } from '../option-files/start-files'
import type { ServerVersion } from '../version'

// The folders whose *.cnf files a reading brings (facts/questions-of-host.ts): of others nothing is known.
const FOLDERS = [
  '/etc/my.cnf.d',
  '/etc/mysql/conf.d',
  '/etc/mysql/mariadb.conf.d',
  '/etc/mysql/mysql.conf.d',
  '/etc/mysql/percona-server.conf.d',
  '/usr/etc/my.cnf.d',
]

/** Everything that a server of this version takes from the host's option files, in its order. */
export function orderOf(facts: MysqlFacts, version: ServerVersion): ReadOrder {
  return readOrder({
    // In somebody's home stand passwords, and seldom a server's values: it is not read. What counts is proved all the same.
    startFiles: (facts.optionFileOrder ?? usualStartFiles).filter((path) => !path.startsWith('~')),
    home: null,
    version,
    fileAt: (path): ConfigFile => fileAt(facts.files, path),
    listDir: (path): Folder => folderAt(facts, path),
  })
}

function folderAt({ files, hasAllFiles }: MysqlFacts, path: string): Folder {
  const names = Object.keys(files).flatMap((file) => (file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : []))
  if (!FOLDERS.includes(path) || !hasAllFiles) return { state: 'unread', why: 'it was not looked into' }
  // A folder that is empty and one that is not there come to the same for the server, but not for a new file in it.
  return { state: 'there', names: names.filter((name) => !name.includes('/')) }
}
