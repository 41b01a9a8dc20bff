import { servedOrigins } from '@/lib/auth/served-origins'
import { AppError } from '@/lib/errors'

/** Throws AppError `forbidden` unless a request that changes something comes from a page of this very Pollux. */
export function checkOrigin(headers: Headers): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  const isOwn = origin !== null && servedOrigins().includes(origin)
  if (isOwn && (site === null || site === 'same-origin')) return
  throw new AppError('forbidden', `expected an origin of ${servedOrigins().join(', ')}, got ${origin} (${site})`, {
    userMessage: 'This request did not come from a page of this Pollux. Open Pollux by the address that it printed.',
  })
}
