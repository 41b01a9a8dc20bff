import { appliedFiles, type Drift, type Plan, type PlanHost } from '@/lib/agent'
import { type ConfigFile, fileAt } from '@/lib/agent/config-file'
import type { PostfixDesired } from './desired'
import { findInstance, type PostfixFacts } from './facts'
import { listParameters, parseMainCf } from './main-cf'
import { listServices, parseMasterCf } from './master-cf'
import { isLoopback } from './typed'
import { ownAddresses } from './wished'
import { hideSecrets } from './without-secrets'

/**
 * Where a host no longer agrees with what the last change left: every parameter and service that reads otherwise in the
 * files it wrote, whoever changed it and whatever it is about; its addresses; and whether Postfix runs. Comments and
 * spaces are nobody's concern.
 */
export function driftOf({ hostId, facts }: PlanHost<PostfixFacts>, desired: PostfixDesired, applied: Plan): Drift[] {
  const files = [...appliedFiles(applied, hostId)].flatMap(([path, after]) => {
    const expected: ConfigFile = after === null ? { state: 'absent' } : { state: 'there', type: 'file', ...after }
    return fileDrift(path, hideSecrets(expected), hideSecrets(fileAt(facts.files, path)))
  })
  if (desired.operation === 'install')
    return facts.instances.length > 0 ? files : [{ what: 'Postfix', expected: 'installed', seen: 'not there' }]
  return [...files, ...addressDrift(facts, desired), ...serviceDrift(facts, desired)]
}

function fileDrift(path: string, expected: ConfigFile, seen: ConfigFile): Drift[] {
  if (seen.state === 'unread') return []
  if (expected.state !== 'there' || seen.state !== 'there') {
    const word = (file: ConfigFile) => (file.state === 'there' ? 'there' : 'not there')
    return expected.state === seen.state ? [] : [{ what: path, expected: word(expected), seen: word(seen) }]
  }
  const read = path.endsWith('/main.cf') ? parametersOf : path.endsWith('/master.cf') ? servicesOf : linesOf
  const [was, is] = [read(expected.bytes), read(seen.bytes)]
  const names = [...new Set([...was.keys(), ...is.keys()])]
  const mode = (file: typeof expected) => `${file.mode} ${file.owner}:${file.group}`
  return [
    ...names.flatMap((name): Drift[] => {
      const [before, now] = [was.get(name), is.get(name)]
      if (before === now) return []
      return [{ what: `${path}: ${name}`, expected: before ?? 'not there', seen: now ?? 'not there' }]
    }),
    ...(mode(expected) === mode(seen)
      ? []
      : [{ what: `${path}: mode and owner`, expected: mode(expected), seen: mode(seen) }]),
  ]
}

/** Of several lines with one name the last counts, here as for Postfix. */
function parametersOf(bytes: string): Map<string, string> {
  return new Map(listParameters(parseMainCf(bytes)).map(({ name, value }) => [name, value === '' ? 'empty' : value]))
}

function servicesOf(bytes: string): Map<string, string> {
  const words = (raw: string) =>
    raw
      .split('\n')
      .filter((line) => !/^\s*(#|$)/.test(line))
      .join(' ')
      .split(/\s+/)
      .join(' ')
      .trim()
  return new Map(
    listServices(parseMasterCf(bytes)).map((service) => [`${service.name} ${service.type}`, words(service.raw)]),
  )
}

function linesOf(bytes: string): Map<string, string> {
  return new Map(
    bytes
      .split('\n')
      .filter((line) => !/^\s*(#|$)/.test(line))
      .map((line) => [line.trim(), 'there']),
  )
}

function addressDrift(facts: PostfixFacts, desired: PostfixDesired): Drift[] {
  if (desired.operation !== 'set' || desired.boot === 'nonlocal') return []
  return ownAddresses(desired)
    .filter((host) => !isLoopback(host) && !facts.addresses.some((address) => address.host === host))
    .map((host) => ({ what: `address ${host}`, expected: 'there', seen: 'not there' }))
}

function serviceDrift(facts: PostfixFacts, desired: Exclude<PostfixDesired, { operation: 'install' }>): Drift[] {
  const instance = findInstance(facts, desired.instance)
  if (!instance) return [{ what: 'Postfix', expected: 'there', seen: 'not there' }]
  return instance.isRunning ? [] : [{ what: 'Postfix', expected: 'running', seen: 'not running' }]
}
