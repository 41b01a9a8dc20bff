import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { portOf } from '@/scripts/start/test-start'
import { findPeer, notePeer } from './peer'

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

it('is not known where nobody noted it', () => {
  expect(findPeer(new Headers())).toBeNull()
})
