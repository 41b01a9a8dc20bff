import { isBareIpv6, socketOf, splitEndpoint } from './endpoint'
import { hasNul, physicalLines } from './logical-lines'
import { nulProblem, orphanText } from './main-problems'
import { type MasterCf, type MasterEntry, type Service, serviceTypes } from './master-cf'
import { argumentOf, FIELDS, wordsOf } from './master-words'
import type { Problem } from './problem'
import { readOptions } from './read-options'

/** What Postfix would die of or complain of when it reads the file (master/master_ent.c, master/master_conf.c), in order. */
export function masterProblems({ entries }: MasterCf): Problem[] {
  const seen = new Map<string, number>()
  return entries.flatMap((entry) => {
    const { line } = entry
    const own = ownProblems(entry)
    if (entry.kind !== 'service') return own
    const identity = identityOf(entry)
    const earlier = seen.get(identity)
    seen.set(identity, line)
    if (earlier === undefined) return own
    const text = `${entry.key} is the same service as that of line ${earlier}: Postfix takes the last one.`
    return [...own, { line, kind: 'warning' as const, text }]
  })
}

function ownProblems(entry: MasterEntry): Problem[] {
  const { line, raw } = entry
  if (entry.kind === 'service') return serviceProblems(entry)
  if (entry.what === 'gap') return []
  if (entry.what === 'orphan') return [{ line, kind: 'warning', text: orphanText(raw) }]
  const count = wordsOf(physicalLines(raw)).length
  const text = `A service has ${FIELDS} fields (service type private unpriv chroot wakeup maxproc command), this has ${count}.`
  return [{ line, kind: 'fatal', text }, ...nulProblem({ line, lines: physicalLines(raw) })]
}

function serviceProblems(service: Service): Problem[] {
  const { line, raw, key, name, type } = service
  const lines = physicalLines(raw)
  const words = wordsOf(lines)
  const endpoint = type === 'inet' ? splitEndpoint(name) : null
  const fatal = [
    ...((serviceTypes as readonly string[]).includes(type) ? [] : [`The type ${JSON.stringify(type)} does not exist.`]),
    ...(endpoint?.ok === false ? [`${key} cannot listen there: ${endpoint.why}.`] : []),
    ...fieldProblems(service),
    ...readOptions(words).broken.map((clause) => `${key}: ${clause}.`),
    ...(words.slice(FIELDS).some((word) => argumentOf(word) === null)
      ? [`${key} has an argument in braces that does not end with its closing brace.`]
      : []),
  ]
  const bare =
    endpoint?.ok && isBareIpv6(name)
      ? [`${key} is read as port ${endpoint.port} of ${endpoint.host}: write [${endpoint.host}]:${endpoint.port}.`]
      : []
  return [
    ...fatal.map((text) => ({ line, kind: 'fatal' as const, text })),
    ...bare.map((text) => ({ line, kind: 'warning' as const, text })),
    ...(hasNul({ lines }) ? nulProblem({ line, lines }) : []),
  ]
}

function fieldProblems(service: Service): string[] {
  const { key, type, wakeup, maxproc, command } = service
  const wrong = (field: string, value: string, expected: string) =>
    `${key}: expected ${expected} for ${field}, got ${JSON.stringify(value)}.`
  return [
    ...(['private', 'unpriv', 'chroot'] as const)
      .filter((field) => !/^[yn-]$/.test(service[field]))
      .map((field) => wrong(field, service[field], 'y, n or -')),
    // "-" means y here.
    ...(type === 'inet' && /^[y-]$/.test(service.private) ? [`${key} cannot be private: write n.`] : []),
    ...(/^(?:-|\d+\??)$/.test(wakeup) ? [] : [wrong('wakeup', wakeup, 'seconds (with or without a "?") or -')]),
    ...(/^(?:-|\d+)$/.test(maxproc) ? [] : [wrong('maxproc', maxproc, 'a number or -')]),
    ...(command === '-' ? [wrong('command', command, 'a program')] : []),
  ]
}

// Two are the same for Postfix when socket and type are; of other types the folder, public or private, is in the name.
function identityOf(service: Service): string {
  const { host, port, type, name } = service
  const socket = port === null ? `${service.private === 'n' ? 'public' : 'private'}/${name}` : socketOf({ host, port })
  return JSON.stringify([type, socket])
}
