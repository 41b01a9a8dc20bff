// RFC 7208, 7.1. Letters c, r and t stand in explanations alone.
const expand = String.raw`%\{[slodiphv](?:[1-9]\d{0,2})?r?[.\-+,/_=]*\}|%%|%_|%-`
const macroString = new RegExp(`^(?:${expand}|[\\x21-\\x24\\x26-\\x7e])*$`, 'i')
const topLabel = '(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])'
const domainEnd = new RegExp(`(?:\\.${topLabel}\\.?|${expand})$`, 'i')

export function isMacroString(text: string): boolean {
  return macroString.test(text)
}

/** Whether a text may stand where a record names a domain. */
export function isDomainSpec(text: string): boolean {
  return isMacroString(text) && domainEnd.test(text)
}
