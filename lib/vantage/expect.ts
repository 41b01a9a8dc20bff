import type { FarExpectation, FarSeen, Verdict } from '@/lib/agent'
import { canonicalIp } from './addresses'

/**
 * Holds what a look learned against what was expected. What was not learned is unknown, with the look's own reason.
 * Capital letters and the spelling of an address make no difference. `includes` and `excludes` look for whole words:
 * 10.0.0.1 is not in "10.0.0.12", example.net not in "mx.example.net".
 */
export function meets(expect: FarExpectation, { learned, why }: FarSeen): { verdict: Verdict; seen: string } {
  const seen = learned[expect.name]
  if (seen === undefined) return { verdict: 'unknown', seen: why === '' ? 'It was not looked at.' : why }
  return { verdict: isMet(expect, plain(seen)) ? 'yes' : 'no', seen }
}

function isMet(expect: FarExpectation, seen: string): boolean {
  if ('equals' in expect) return seen === plain(expect.equals)
  if ('includes' in expect) return holds(seen, plain(expect.includes))
  if ('excludes' in expect) return !holds(seen, plain(expect.excludes))
  return expect.oneOf.some((one) => seen === plain(one))
}

function plain(text: string): string {
  const trimmed = text.trim()
  return canonicalIp(trimmed) ?? trimmed.toLowerCase()
}

/** Whether a text holds another that goes on on neither side as a name, a number or an address does. */
function holds(text: string, part: string): boolean {
  if (part === '') return true
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const isLonger =
      (/^\w/.test(part) && /\w[.:-]?$/.test(text.slice(0, at))) ||
      (/\w$/.test(part) && /^[.:-]?\w/.test(text.slice(at + part.length)))
    if (!isLonger) return true
  }
  return false
}

/** What the screen says was expected. */
export function expectedFarText(expect: FarExpectation): string {
  if ('equals' in expect) return expect.equals
  if ('includes' in expect) return expect.includes
  if ('excludes' in expect) return `not ${expect.excludes.trim()}`
  return expect.oneOf.join(' or ')
}
