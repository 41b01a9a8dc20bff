import { once } from 'node:events'
import { createServer } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeLook } from './take-look'

// A server that lets everybody in and never says a word.
const silent = createServer(() => {})
let port = 0
beforeAll(async () => {
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  if (address !== null && typeof address === 'object') port = address.port
})
afterAll(() => {
  silent.close()
})

it('ends at its time, though memory is tidied meanwhile and nobody else holds its signal', async () => {
  setFlagsFromString('--expose-gc')
  const tidy: unknown = runInNewContext('gc')
  if (typeof tidy !== 'function') throw new Error('expected a gc of this Node, got none')
  const tidying = setInterval(() => tidy(), 20)
  const begun = performance.now()
  try {
    const { why } = await takeLook(
      { kind: 'smtp', address: '127.0.0.1', port, from: { kind: 'dashboard' } },
      { timeoutMs: 400, signal: new AbortController().signal },
    )
    expect(why).not.toBe('')
    expect(performance.now() - begun).toBeGreaterThan(350)
  } finally {
    clearInterval(tidying)
  }
})
