import { refuse } from '@/lib/agent'
import type { InstallDesired } from '../desired'
import { fileSystemOf, type MysqlFacts } from '../facts/facts'
import { isIn, isVolatile, LEAST_ROOM, PACKAGE_DATA } from './places'

/** Hidden from the server or read-only for it by its unit (systemd.exec(5), ProtectHome and ProtectSystem of the packages). */
const CLOSED = ['/home', '/root', '/run', '/usr', '/boot', '/etc', '/dev', '/proc', '/sys']

/** @throws AppError `invalid` where the data or the temporary files cannot lie there */
export function refusePlace(name: string, facts: MysqlFacts, { dataDir, tmpdir }: InstallDesired): void {
  if (dataDir !== null) refuseDataDir(name, facts, dataDir)
  if (tmpdir === null) return
  refuseClosed(name, tmpdir, 'tmpdir')
  const data = dataDir ?? PACKAGE_DATA
  if (isIn(tmpdir, data))
    throw refuse(`${tmpdir} lies in the data directory, where the server takes every folder for a database.`, 'tmpdir')
  if (isIn(data, tmpdir)) throw refuse(`The data must not lie in ${tmpdir}, among the temporary files.`, 'tmpdir')
}

function refuseDataDir(name: string, facts: MysqlFacts, path: string): void {
  const field = 'dataDir'
  refuseClosed(name, path, field)
  if (isIn(path, PACKAGE_DATA))
    throw refuse(`${PACKAGE_DATA} is the package's own place: leave the field empty.`, field)
  if (isIn(path, '/tmp') || isIn(path, '/var/tmp'))
    throw refuse(`What lies in ${path} is swept away some day: choose a folder that stays.`, field)
  if (facts.dataDirs.some((there) => there.path === path))
    throw refuse(`${path} is there on ${name} already: choose a folder that is not.`, field)
  const fileSystem = fileSystemOf(facts, path)
  if (!fileSystem) return
  const { mount, type, readOnly, availableBytes } = fileSystem
  if (mount === path) throw refuse(`${path} is a file system of its own: choose a folder in it.`, field)
  if (isVolatile(type)) throw refuse(`${path} lies in memory (${mount}) and is gone after a reboot.`, field)
  if (readOnly) throw refuse(`${mount} on ${name} is mounted read-only.`, field)
  if (availableBytes !== null && availableBytes < LEAST_ROOM)
    throw refuse(`${mount} has ${Math.floor(availableBytes / 2 ** 20)} MB free; a server takes 256 at least.`, field)
}

function refuseClosed(name: string, path: string, field: string): void {
  const closed = CLOSED.find((top) => isIn(path, top))
  if (closed) throw refuse(`The server's unit on ${name} shuts it out of ${closed}: choose another place.`, field)
}
