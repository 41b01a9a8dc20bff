import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Ctx } from '@/lib/auth/actor'
import { ownOrigins } from '@/lib/config/listen'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { isAppError } from '@/lib/errors'
import { log, newRequestId } from '@/lib/log'

export interface SocketSeat {
  /** Who opens the socket; null without a session. Throws AppError `forbidden` when his role is too low. */
  authorize(request: IncomingMessage, requestId: string): Promise<Ctx | null>
  /** Takes over the open socket. */
  open(socket: WebSocket, request: IncomingMessage, ctx: Ctx): void
}

interface Sockets {
  seats: Map<string, SocketSeat>
  server: WebSocketServer
}

/** Gives a path under `/ws/` to a WebSocket handler. */
export function registerSocket(path: `/ws/${string}`, seat: SocketSeat): void {
  sockets().seats.set(path, seat)
}

/** Whether an upgrade of this path is for us, and not for the development server. */
export function isSocketPath(path: string): boolean {
  return path === '/ws' || path.startsWith('/ws/')
}

/**
 * Answers an upgrade request: 403 from a foreign origin, 401 without a session (also where nothing is, so that
 * nobody learns what there is), 403 for too low a role, 404 where nothing is; else hands the socket to its seat.
 */
export async function answerUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const requestId = newRequestId()
  const path = new URL(request.url ?? '/', 'http://internal').pathname
  socket.on('error', () => socket.destroy())
  try {
    if (!isOwnPage(request)) return refuse(socket, 403)
    const seat = sockets().seats.get(path)
    const ctx = (await (seat ?? anySeat())?.authorize(request, requestId)) ?? null
    if (!ctx) return refuse(socket, 401)
    if (!seat) return refuse(socket, 404)
    sockets().server.handleUpgrade(request, socket, head, (open) => seat.open(open, request, ctx))
  } catch (error) {
    const isForbidden = isAppError(error) && error.code === 'forbidden'
    if (!isForbidden) log.error({ requestId, path, err: error }, 'upgrade failed')
    refuse(socket, isForbidden ? 403 : 500)
  }
}

// A page of another site may open a socket here with the user's cookies; its origin gives it away (RFC 6455, 10.2).
function isOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  const isOwnSite = site === undefined || site === 'same-origin'
  return isOwnSite && headers.origin !== undefined && ownOrigins().includes(headers.origin)
}

function anySeat(): SocketSeat | undefined {
  return sockets().seats.values().next().value
}

function refuse(socket: Duplex, status: 401 | 403 | 404 | 500): void {
  const reason = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 500: 'Internal Server Error' }[status]
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function sockets(): Sockets {
  return single('sockets', () => {
    const server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 })
    onShutdown('streams', 'sockets', () => {
      for (const socket of server.clients) socket.close(1001, 'Pollux is ending')
    })
    return { seats: new Map<string, SocketSeat>(), server }
  })
}
