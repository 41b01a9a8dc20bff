import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import { expect, it } from 'vitest'
import { portOf } from '@/scripts/start/test-start'
import { findOpening, findPeer, noteConnection, notePeer } from './peer'

it('tells the address that the connection came from, whatever the sender writes', async () => {
  const server = createServer((request, response) => {
    const before = findPeer(new Headers({ 'x-pollux-peer': String(request.headers['x-pollux-peer']) }))
    notePeer(request)
    const after = findPeer(new Headers({ 'x-pollux-peer': String(request.headers['x-pollux-peer']) }))
    response.end(JSON.stringify([before, after]))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const headers = { 'x-pollux-peer': `${'0'.repeat(32)} 203.0.113.9` }
  const answer = await fetch(`http://127.0.0.1:${portOf(server)}/`, { headers })
  expect(await answer.json()).toEqual([null, '127.0.0.1'])
  server.close()
})

it('tells when the connection was opened, which stays as it was while requests come over it', async () => {
  const server = createServer((request, response) => {
    const given = findOpening(new Headers({ 'x-pollux-peer': String(request.headers['x-pollux-peer']) }))
    notePeer(request)
    const opening = findOpening(new Headers({ 'x-pollux-peer': String(request.headers['x-pollux-peer']) }))
    response.end(JSON.stringify({ given, opening, port: request.socket.remotePort }))
  })
  server.on('connection', noteConnection).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const headers = { 'x-pollux-peer': `${'0'.repeat(32)} 203.0.113.9 1e12` }
  const agent = new Agent({ keepAlive: true })
  const ask = async (over: Agent | false = agent) => {
    const [answer] = await once(get({ host: '127.0.0.1', port: portOf(server), agent: over, headers }), 'response')
    return JSON.parse((await answer.toArray()).join(''))
  }
  const [first, between] = [await ask(), performance.now()]
  const again = await ask()
  const other = await ask(false)
  expect(first.given).toBeNull()
  expect(again).toEqual(first)
  expect(other.port).not.toBe(first.port)
  expect([first.opening < between, other.opening > between]).toEqual([true, true])
  agent.destroy()
  server.close()
})

it('is not known where nobody noted it', () => {
  expect([findPeer(new Headers()), findOpening(new Headers())]).toEqual([null, null])
})
