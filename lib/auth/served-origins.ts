import { mainUrl, ownOrigins } from '@/lib/config/listen'

/** The exact origins from which this Pollux takes requests that change something: the WebSockets' own. The first is the main one. */
export function servedOrigins(): readonly string[] {
  return [...new Set([mainUrl(), ...ownOrigins()])]
}
