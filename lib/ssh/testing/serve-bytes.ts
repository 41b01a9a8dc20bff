import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A TCP server on loopback that does with each connection what the test says. */
export async function serveBytes(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; connections(): number; stop(): Promise<void> }> {
  const open = new Set<Socket>()
  let count = 0
  const server = createServer((socket) => {
    count++
    open.add(socket)
    socket.on('error', () => undefined).on('close', () => open.delete(socket))
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return {
    port: address.port,
    connections: () => count,
    async stop() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
