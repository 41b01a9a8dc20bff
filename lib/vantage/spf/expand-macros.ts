import type { IpAddress } from '@/lib/agent/ip-address'
import { nibblesOf } from '../dns/arpa-name'

/** What macros stand for. */
export interface MacroValues {
  ip: IpAddress
  /** The envelope's sender, with a local part. */
  sender: string
  helo: string
  /** The domain whose record it is. */
  domain: string
  /** A name of the address that leads back to it; asked for only where a record wants it. */
  validatedName(): Promise<string>
}

/**
 * The domain that a term names (RFC 7208, 7.3), cut from the left to 253 characters.
 * @param spec a text for which `isDomainSpec` is true
 */
export async function expandMacros(spec: string, values: MacroValues): Promise<string> {
  let expanded = ''
  for (const [part, , letter = '', digits = '', reverse = '', delimiters = ''] of spec.matchAll(
    /(%\{([a-z])(\d*)(r?)([.\-+,/_=]*)\})|%[%_-]|[^%]+/gi,
  )) {
    if (letter !== '') expanded += await expandOne(letter, digits, reverse !== '', delimiters, values)
    else expanded += { '%%': '%', '%_': ' ', '%-': '%20' }[part] ?? part
  }
  return cutToName(expanded.replace(/\.$/, ''))
}

async function expandOne(
  letter: string,
  digits: string,
  isReversed: boolean,
  delimiters: string,
  values: MacroValues,
): Promise<string> {
  const value = await meaningOf(letter.toLowerCase(), values)
  const separators = delimiters === '' ? '.' : delimiters
  const parts = value.split(new RegExp(`[${separators.replace(/[-\]\\^]/g, '\\$&')}]`))
  const ordered = isReversed ? parts.reverse() : parts
  const kept = digits === '' ? ordered : ordered.slice(-Number(digits))
  const text = kept.join('.')
  return letter === letter.toUpperCase() ? escaped(text) : text
}

async function meaningOf(letter: string, { ip, sender, helo, domain, validatedName }: MacroValues): Promise<string> {
  const at = sender.lastIndexOf('@')
  switch (letter) {
    case 's':
      return sender
    case 'l':
      return sender.slice(0, at)
    case 'o':
      return sender.slice(at + 1)
    case 'd':
      return domain
    case 'i':
      return ip.family === 4 ? ip.host : nibblesOf(ip.bytes).join('.')
    case 'v':
      return ip.family === 4 ? 'in-addr' : 'ip6'
    case 'h':
      return helo
    default:
      return validatedName()
  }
}

/** All but the unreserved characters of RFC 3986, as RFC 7208 (7.3) asks for capital letters. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function cutToName(name: string): string {
  let rest = name
  while (rest.length > 253 && rest.includes('.')) rest = rest.slice(rest.indexOf('.') + 1)
  return rest
}
