import { refuse } from '@/lib/agent'
import type { TuneDesired } from '../desired'
import { wordValue } from '../facts/parse-processes'
import type { ResolvedServer } from '../server/resolve-server'
import { placeOf } from './own-file'
import type { Wished } from './wished'

/** What would keep a value from counting, or the server from starting, said before anything is touched. */
export function refuseWish(server: ResolvedServer, wish: TuneDesired, wished: readonly Wished[]): void {
  const { hostName, order, said } = server
  const stops = order.problems.find(({ effect }) => effect === 'stops-server')
  if (stops) throw refuse(`${hostName} would not start its server again: ${at(stops)}: ${stops.text}`)
  if (!order.isComplete) {
    const [first] = order.problems.filter(({ effect }) => effect === 'unsure')
    throw refuse(`Not all option files of ${hostName} could be read${first ? `: ${at(first)}: ${first.text}` : '.'}`)
  }
  for (const { name } of wished) refuseOverridden(server, name)
  refuseMoreThanAll(server, wished)
  const tmpdir = wish.values['tmpdir']
  if (wish.makeTmpdir && tmpdir === undefined) throw refuse('Name the folder for temporary files that is to be made.')
  if (tmpdir !== undefined) refuseTmpdir(server, tmpdir)
  if (said.variables['wsrep_on'] === 'ON' && wish.restart)
    throw refuse(
      `The server on ${hostName} is a node of a Galera cluster: a restart takes it out and has it catch up. Choose values without a restart, and restart the nodes one by one yourself.`,
    )
}

/** One cache that is larger than the machine is no wish: a server that tries to have it hangs, or is killed by the kernel. */
function refuseMoreThanAll({ facts, hostName }: ResolvedServer, wished: readonly Wished[]): void {
  const { totalBytes } = facts.machine
  const caches = ['innodb_buffer_pool_size', 'key_buffer_size', 'aria_pagecache_buffer_size', 'query_cache_size']
  for (const { name, shown, value } of wished)
    if (totalBytes !== null && caches.includes(name) && Number(shown) > totalBytes)
      throw refuse(
        `${name} = ${value} is more than all memory of ${hostName} (${Math.round(totalBytes / 2 ** 20)} MB).`,
        `values.${name}`,
      )
}

function refuseOverridden(server: ResolvedServer, name: string): void {
  const { said, hostName } = server
  const words = server.server.process?.words ?? []
  const onCommandLine = wordValue(words, name.replaceAll('_', '-'))
  if (onCommandLine !== null && server.unit?.execStart.includes(`--${name.replaceAll('_', '-')}`))
    throw refuse(
      `${name} is set on the command line of ${server.unit.id} on ${hostName} (${onCommandLine}), which counts more than any file.`,
      `values.${name}`,
    )
  if (said.setters.state === 'read' && said.setters.value[name]?.how === 'persisted')
    throw refuse(
      `${name} was set on ${hostName} by SET PERSIST, which counts more than any file: RESET PERSIST ${name} first.`,
      `values.${name}`,
    )
  const later = placeOf(server).later.find((setting) => setting.name === name)
  if (later)
    throw refuse(
      `${later.file} sets ${name} in line ${later.line}, and the server reads that after what Pollux writes.`,
      `values.${name}`,
    )
}

function refuseTmpdir({ unit, hostName, said }: ResolvedServer, path: string): void {
  const inside = (folder: string) => path === folder || path.startsWith(`${folder}/`)
  const field = 'values.tmpdir'
  if (!/^\/[^\0\n]*[^/\0\n]$/.test(path) || path.includes('/../') || path.endsWith('/..'))
    throw refuse(`Expected a folder by its whole path for tmpdir, got "${path}".`, field)
  if (unit && unit.protectHome !== 'no' && unit.protectHome !== '' && ['/home', '/root', '/run/user'].some(inside))
    throw refuse(`${unit.id} on ${hostName} hides ${path} from the server (ProtectHome=${unit.protectHome}).`, field)
  if (unit && readOnlyFolders(unit.protectSystem).some((folder) => folder === '/' || inside(folder)))
    throw refuse(`${unit.id} on ${hostName} may not write ${path} (ProtectSystem=${unit.protectSystem}).`, field)
  const dataDir = said.variables['datadir']?.replace(/\/$/, '')
  if (dataDir && inside(dataDir))
    throw refuse(`${path} lies in the data directory, where the server takes every folder for a database.`, field)
}

/** What systemd.exec(5) makes read-only for each word of ProtectSystem. */
function readOnlyFolders(word: string): string[] {
  if (word === 'strict') return ['/']
  const always = word === 'no' || word === '' ? [] : ['/usr', '/boot', '/efi']
  return word === 'full' ? [...always, '/etc'] : always
}

function at({ file, line }: { file: string; line: number | null }): string {
  return line === null ? file : `${file}, line ${line}`
}
