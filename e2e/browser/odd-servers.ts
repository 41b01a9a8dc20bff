import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { portOf } from '@/scripts/start/test-start'

export interface OddServer {
  port: string
  close(): Promise<void>
}

/** Accepts connections and never says a word. */
export function startSilentServer(): Promise<OddServer> {
  return startServer(() => {})
}

/** Greets with binary rubbish where the protocol's version belongs, markup and terminal commands in it. */
export function startRubbishServer(): Promise<OddServer> {
  const rubbish = Buffer.concat([
    Buffer.from('\u001b]0;owned\u0007<img src=x onerror=alert(1)>\r\n'),
    Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37 + 128) % 256)),
    Buffer.from('\r\n'),
  ])
  return startServer((socket) => socket.end(rubbish))
}

async function startServer(greet: (socket: Socket) => void): Promise<OddServer> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    greet(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: portOf(server), close: () => closeAll(server, open) }
}

async function closeAll(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy()
  server.close()
  await once(server, 'close')
}
