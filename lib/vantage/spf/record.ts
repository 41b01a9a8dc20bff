import { type IpAddress, parseAddress } from '@/lib/agent/ip-address'
import { isDomainSpec, isMacroString } from './macro-syntax'

export type Qualifier = '+' | '-' | '~' | '?'

export type Mechanism =
  | { kind: 'all' }
  | { kind: 'include' | 'exists'; domain: string }
  /** `domain` is null for the domain whose record it is. */
  | { kind: 'a' | 'mx'; domain: string | null; prefix4: number; prefix6: number }
  | { kind: 'ptr'; domain: string | null }
  | { kind: 'ip4' | 'ip6'; net: IpAddress }

export interface Term {
  /** As it stands in the record. */
  text: string
  qualifier: Qualifier
  mechanism: Mechanism
}

export interface SpfRecord {
  terms: readonly Term[]
  redirect: string | null
}

/** Whether a TXT record is one of SPF's (RFC 7208, 4.5). */
export function isSpf(txt: string): boolean {
  return /^v=spf1(?: |$)/i.test(txt)
}

/**
 * Understands an SPF record (RFC 7208, 5 and 6), or says what is wrong with it: one wrong term spoils the whole record
 * (4.6), also where it would never be reached.
 */
export function parseRecord(txt: string): SpfRecord | { problem: string } {
  const terms: Term[] = []
  const modifiers = new Map<string, string>()
  for (const text of txt
    .slice('v=spf1'.length)
    .split(' ')
    .filter((word) => word !== '')) {
    const modifier = /^([a-z][a-z0-9_.-]*)=(.*)$/is.exec(text)
    const term = modifier === null ? parseTerm(text) : null
    const name = modifier?.[1]?.toLowerCase() ?? ''
    const value = modifier?.[2] ?? ''
    if (modifier === null) {
      if (term === null) return { problem: `the term ${text} is not valid` }
      terms.push(term)
    } else if (name === 'redirect' || name === 'exp') {
      if (modifiers.has(name)) return { problem: `${name}= stands there twice` }
      if (!isDomainSpec(value)) return { problem: `the term ${text} is not valid` }
      modifiers.set(name, value)
    } else if (!isMacroString(value)) return { problem: `the term ${text} is not valid` }
  }
  return { terms, redirect: modifiers.get('redirect') ?? null }
}

function parseTerm(text: string): Term | null {
  const match = /^([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?![a-z0-9_.-])(.*)$/is.exec(text)
  const mechanism = match === null ? null : parseMechanism((match[2] ?? '').toLowerCase(), match[3] ?? '')
  if (mechanism === null) return null
  return { text, qualifier: qualifierOf(match?.[1]), mechanism }
}

function qualifierOf(sign: string | undefined): Qualifier {
  return sign === '-' || sign === '~' || sign === '?' ? sign : '+'
}

function parseMechanism(kind: string, rest: string): Mechanism | null {
  const domain = rest.startsWith(':') ? rest.slice(1) : null
  switch (kind) {
    case 'all':
      return rest === '' ? { kind } : null
    case 'include':
    case 'exists':
      return domain !== null && isDomainSpec(domain) ? { kind, domain } : null
    case 'ptr':
      return rest === '' || (domain !== null && isDomainSpec(domain)) ? { kind, domain } : null
    case 'a':
    case 'mx':
      return parseHosts(kind, rest)
    case 'ip4':
    case 'ip6':
      return parseNet(kind, domain ?? '')
    default:
      return null
  }
}

function parseHosts(kind: 'a' | 'mx', rest: string): Mechanism | null {
  const match = /^(:.*?)?(?:\/(0|[1-9]\d{0,2}))?(?:\/\/(0|[1-9]\d{0,2}))?$/s.exec(rest)
  if (match === null) return null
  const domain = match[1]?.slice(1) ?? null
  const [prefix4, prefix6] = [Number(match[2] ?? 32), Number(match[3] ?? 128)]
  if (prefix4 > 32 || prefix6 > 128 || (domain !== null && !isDomainSpec(domain))) return null
  return { kind, domain, prefix4, prefix6 }
}

function parseNet(kind: 'ip4' | 'ip6', text: string): Mechanism | null {
  const net = parseAddress(text)
  return net?.family === (kind === 'ip4' ? 4 : 6) ? { kind, net } : null
}
