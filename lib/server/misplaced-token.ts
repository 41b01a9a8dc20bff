import type { IncomingMessage, ServerResponse } from 'node:http'
import { holdsApiToken } from '@/lib/auth/api-token'

/**
 * Answers a request that carries an API token where none belongs, before anything else sees it: anywhere in its address,
 * where logs, histories and the next site would keep it, or in the header of what is not the API. Gives whether it did.
 */
export function refuseMisplacedToken(request: IncomingMessage, response: ServerResponse): boolean {
  const sentence = whyMisplaced(request.url ?? '', request.headers.authorization ?? '')
  if (sentence === null) return false
  const error = { code: 'invalid', message: sentence }
  response.writeHead(400, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`${JSON.stringify({ error })}\n`)
  return true
}

function whyMisplaced(url: string, authorization: string): string | null {
  if (holdsApiToken(url))
    return 'An API token stood in the address, where logs keep it. It belongs into the header: Authorization: Bearer …. End this one under Settings, API tokens, and make another.'
  if (!holdsApiToken(authorization) || /^\/api\/v1(\/|$)/.test(url.split('?')[0] ?? '')) return null
  return 'An API token is taken at /api/v1/ alone. Pages and their actions take a session, and /metrics a token of its own.'
}
