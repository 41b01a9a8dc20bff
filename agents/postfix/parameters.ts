import type { ConfigFiles } from '@/lib/agent/config-file'
import { fileAt } from '@/lib/agent/config-file'
import type { Instance, PostfixFacts } from './facts'
import { findParameter, parseMainCf } from './main-cf'
import { type MasterCf, parseMasterCf } from './master-cf'
import { mainPath, masterPath } from './paths'

/** The parameters of main.cf whose values the agent looks at. */
export const LOOKED_AT = [
  'compatibility_level',
  'content_filter',
  'default_transport',
  'inet_interfaces',
  'inet_protocols',
  'mail_version',
  'mydestination',
  'mydomain',
  'myhostname',
  'myorigin',
  'mynetworks',
  'non_smtpd_milters',
  'proxy_interfaces',
  'relay_transport',
  'relayhost',
  'sender_dependent_default_transport_maps',
  'sender_dependent_relayhost_maps',
  'smtp_address_preference',
  'smtp_bind_address',
  'smtp_bind_address6',
  'smtp_bind_address_enforce',
  'smtp_helo_name',
  'smtpd_milters',
  'smtpd_proxy_filter',
  'transport_maps',
] as const

export type ParameterName = (typeof LOOKED_AT)[number]

/** The bytes of a file that is there; empty otherwise. */
export function bytesAt(files: ConfigFiles, path: string): string {
  const file = fileAt(files, path)
  return file.state === 'there' ? file.bytes : ''
}

/**
 * What a parameter says: in main.cf, else Postfix's default. `$name` in it is not expanded; empty when Postfix has no
 * such parameter.
 */
export function parameterOf(facts: PostfixFacts, instance: Instance, name: ParameterName): string {
  return ownParameterOf(facts, instance, name) ?? facts.defaults[name] ?? ''
}

/** What main.cf itself says of a parameter, also of one that only it knows; null when it says nothing. */
export function ownParameterOf(facts: PostfixFacts, instance: Instance, name: string): string | null {
  return findParameter(parseMainCf(bytesAt(facts.files, mainPath(instance))), name)?.value ?? null
}

/** Longer than any value that means something, so that a main.cf cannot make one without end. */
const LONGEST = 10_000

/** A value with `$name`, `${name}` and `$(name)` replaced by what they stand for; null where one is not known. */
export function expandedParameterOf(facts: PostfixFacts, instance: Instance, name: ParameterName): string | null {
  // What was looked at already; null while it is, so that a circle ends.
  const known = new Map<string, string | null>()
  const saidOf = (inner: string): string | null => {
    const before = known.get(inner)
    if (before !== undefined) return before
    known.set(inner, null)
    const value = ownParameterOf(facts, instance, inner) ?? facts.defaults[inner] ?? null
    const said = value === null ? null : expanded(value, saidOf)
    known.set(inner, said)
    return said
  }
  return expanded(parameterOf(facts, instance, name), saidOf)
}

function expanded(value: string, saidOf: (name: string) => string | null): string | null {
  if (!value.includes('$')) return value
  let isKnown = true
  const text = value.replace(/\$(?:\{(\w+)\}|\((\w+)\)|(\w+))/g, (_, ...names: (string | undefined)[]) => {
    const said = saidOf(names.slice(0, 3).find((each) => each !== undefined) ?? '')
    isKnown &&= said !== null
    return said ?? ''
  })
  return isKnown && !text.includes('$') && text.length <= LONGEST ? text : null
}

/** The master.cf of an instance, parsed. */
export function masterOf(facts: PostfixFacts, instance: Instance): MasterCf {
  return parseMasterCf(bytesAt(facts.files, masterPath(instance)))
}
