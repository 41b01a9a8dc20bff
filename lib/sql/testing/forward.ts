import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { sshPool } from '@/lib/ssh'
import { labTarget, type onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { leaveStream } from '../open-stream'

type LabHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

/** A port of this machine that leads to a host's database, and what cuts all that goes through it. */
export async function forward(host: LabHost, port: number) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    sshPool()
      .openTcp(labTarget(host), { host: '127.0.0.1', port })
      .then(
        (stream) => {
          stream.on('error', () => undefined).on('data', (chunk) => socket.write(chunk))
          socket.on('data', (chunk) => stream.write(chunk)).on('close', () => leaveStream(stream))
        },
        () => socket.destroy(),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return { port: address.port, cut }
}
