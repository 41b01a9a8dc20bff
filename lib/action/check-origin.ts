import { servedOrigins } from '@/lib/auth/served-origins'
import { AppError } from '@/lib/errors'

/** Throws AppError `forbidden` unless a request that changes something comes from a page of this very Pollux. */
export function checkOrigin(headers: Headers): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (isServed(origin) && (site === null || site === 'same-origin')) return
  throw foreign(origin, site)
}

/**
 * Throws AppError `forbidden` when a page of another site asks for what is read: files, and streams that stay open. A
 * browser says so by Sec-Fetch-Site (W3C Fetch Metadata), an older one at least by an Origin. What a person opens
 * himself, by a link too, is for his own eyes.
 */
export function checkReader(headers: Headers): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isOwnSite = site === null || site === 'same-origin' || site === 'none'
  const isOpened = headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  if ((origin === null || isServed(origin)) && (isOwnSite || isOpened)) return
  throw foreign(origin, site)
}

function isServed(origin: string | null): boolean {
  return origin !== null && servedOrigins().includes(origin)
}

function foreign(origin: string | null, site: string | null): AppError {
  return new AppError('forbidden', `expected an origin of ${servedOrigins().join(', ')}, got ${origin} (${site})`, {
    userMessage: 'This request did not come from a page of this Pollux. Open Pollux by the address that it printed.',
  })
}
