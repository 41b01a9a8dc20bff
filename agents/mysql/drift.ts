import { appliedFiles, type Drift, type Plan, type PlanHost } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import { accountDrift } from './account/stands'
import { engineDrift } from './convert/after'
import type { MysqlDesired, TuneDesired } from './desired'
import type { MysqlFacts } from './facts/facts'
import { installDrift } from './install/stands'
import { parseOptionFile } from './option-files/document'
import { shownValue } from './tune/shown-value'
import { ruleFor, variableName } from './variables'
import { parseServerVersion } from './version'

/** Where a host no longer agrees with what the last change left: its files, and the values that the server has. */
export function driftOf(host: PlanHost<MysqlFacts>, desired: MysqlDesired, applied: Plan): Drift[] {
  if (desired.kind === 'convert') return engineDrift(host, desired, applied)
  if (desired.kind === 'install')
    return installDrift(host, desired, applied).filter(({ what }) => !tunedSince(host.facts).has(what))
  if (desired.kind === 'account') return accountDrift(host, desired)
  return [...fileDrift(host, applied), ...valueDrift(host, desired, applied)]
}

/** What Pollux's file that is read last sets is told by the tuning that wrote it. */
function tunedSince({ files }: MysqlFacts): ReadonlySet<string> {
  const texts = Object.entries(files).flatMap(([path, file]) =>
    /\/z+-pollux\.cnf$/.test(path) && file.state === 'there' ? [file.bytes] : [],
  )
  const lines = texts.flatMap((text) => parseOptionFile(text).lines)
  return new Set(lines.flatMap((line) => (line.kind === 'option' ? [valueWords(variableName(line.name))] : [])))
}

function fileDrift({ hostId, facts }: PlanHost<MysqlFacts>, applied: Plan): Drift[] {
  return [...appliedFiles(applied, hostId)].flatMap(([path, left]): Drift[] => {
    const found = fileAt(facts.files, path)
    if (left === null) return found.state === 'absent' ? [] : [{ what: path, expected: 'gone', seen: 'there' }]
    if (found.state === 'absent') return [{ what: path, expected: 'as Pollux wrote it', seen: 'gone' }]
    if (found.state === 'unread') return [{ what: path, expected: 'as Pollux wrote it', seen: 'not readable' }]
    if (found.bytes !== left.bytes) return [{ what: path, expected: 'as Pollux wrote it', seen: 'edited' }]
    return found.mode === left.mode ? [] : [{ what: `mode of ${path}`, expected: left.mode, seen: found.mode }]
  })
}

/** Values that were proved then. Those that waited for a restart have no proof, and are no drift. */
function valueDrift({ hostId, facts }: PlanHost<MysqlFacts>, desired: TuneDesired, applied: Plan): Drift[] {
  const server = facts.servers.find(({ key }) => key === desired.server)
  if (!server) return [{ what: `server in ${desired.server}`, expected: 'running', seen: 'not running' }]
  if (server.said.state === 'not-read') return []
  const { variables, version: text } = server.said.value
  const version = parseServerVersion(text)
  const proved = new Set(applied.checks.flatMap(({ id, hostId: of }) => (of === hostId ? [id] : [])))
  return Object.entries(desired.values).flatMap(([name, value]): Drift[] => {
    const rule = version && ruleFor(name, version)
    const seen = variables[name]
    if (!rule || seen === undefined || !proved.has(`is-${name.replaceAll('_', '-')}`)) return []
    const expected = shownValue(rule, value)
    return seen === expected ? [] : [{ what: valueWords(name), expected, seen }]
  })
}

function valueWords(name: string): string {
  return `${name} of the server`
}
