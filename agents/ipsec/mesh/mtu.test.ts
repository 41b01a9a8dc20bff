import { expect, it } from 'vitest'
import { innerMtu } from './mtu'
import { suites } from './suite'

it.each([
  ['modern', 1500, 1446],
  ['compatible', 1500, 1438],
  ['modern', 9000, 8946],
  ['modern', 1460, 1406],
])('%s suite, outer MTU %i: %i', (id, outer, inner) => {
  const suite = suites.find((one) => one.id === id)
  expect(suite && innerMtu(outer, suite)).toBe(inner)
})

it('fills the outer packet to at most a block', () => {
  for (const suite of suites) {
    for (let outer = 1300; outer < 1600; outer += 1) {
      const inner = innerMtu(outer, suite)
      const sent = (bytes: number) =>
        20 + 8 + suite.ivBytes + Math.ceil((bytes + 2) / suite.blockBytes) * suite.blockBytes + suite.icvBytes
      expect(sent(inner)).toBeLessThanOrEqual(outer)
      expect(sent(inner + 1)).toBeGreaterThan(outer)
    }
  }
})
