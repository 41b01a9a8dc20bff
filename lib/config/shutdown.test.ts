import { beforeEach, expect, it } from 'vitest'
import { onShutdown, runShutdown, shutdownSignal } from './shutdown'
import { forgetSingles } from './single'

beforeEach(forgetSingles)

it('ends phase by phase, after telling all that the end begins', async () => {
  const order: string[] = []
  shutdownSignal().addEventListener('abort', () => order.push('signal'))
  onShutdown('store', 'store', () => void order.push('store'))
  onShutdown('connections', 'pool', () => void order.push('connections'))
  onShutdown('intake', 'worker', async () => {
    await Promise.resolve()
    order.push('intake')
  })
  onShutdown('streams', 'gone', () => void order.push('gone'))()
  expect(await runShutdown(1_000)).toEqual([])
  expect(order).toEqual(['signal', 'intake', 'connections', 'store'])
})

it('goes on past what fails or hangs, and says which', async () => {
  let hasStoreEnded = false
  onShutdown('intake', 'hangs', () => new Promise(() => {}))
  onShutdown('intake', 'fails', () => {
    throw new Error('no')
  })
  onShutdown('store', 'store', () => {
    hasStoreEnded = true
  })
  const troubles = await runShutdown(20)
  expect(troubles.map((trouble) => trouble.name).sort()).toEqual(['fails', 'hangs'])
  expect(hasStoreEnded).toBe(true)
})
