import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { contentPolicy } from '@/lib/auth/content-policy'

/**
 * Tells pages which path was asked for, so that the sign-in can lead back to it, and gives each page a content policy
 * with a nonce of its own. Whatever the browser sent in place of these headers is dropped.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64')
  const policy = contentPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set('x-pollux-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  headers.set('x-pollux-nonce', nonce)
  // Next reads the nonce for its own scripts out of this header.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: '/((?!_next/|api/|healthz|metrics$).*)' }
