import { type NextRequest, NextResponse } from 'next/server'

/** Tells pages which path was asked for, so that the sign-in can lead back to it. Whatever the browser sent in its place is dropped. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  headers.set('x-pollux-path', `${request.nextUrl.pathname}${request.nextUrl.search}`)
  return NextResponse.next({ request: { headers } })
}

export const config = { matcher: '/((?!_next/|api/|healthz).*)' }
