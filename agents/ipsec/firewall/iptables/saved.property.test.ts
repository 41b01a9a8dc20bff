import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Guarded } from '../guarded'
import { plainHooks, ufwHooks } from './read'
import { savedWith } from './saved'

const none: Guarded = { tag: 'cloud', own: null, peers: [] }
const peer = fc.record({
  label: fc.constantFrom('web1', 'web2', 'db-1'),
  address: fc.constantFrom('192.0.2.11', '192.0.2.12', '198.51.100.7'),
  device: fc.constantFrom('cloud-web1', 'cloud-web2', 'cloud-db-1'),
})
const guarded = fc
  .uniqueArray(peer, { minLength: 1, selector: ({ address }) => address })
  .map((peers): Guarded => ({ tag: 'cloud', own: '192.0.2.10', peers }))
const hooks = fc.constantFrom(plainHooks, ufwHooks)

const line = fc.oneof(
  fc.constantFrom('-A INPUT -i lo -j ACCEPT', '-A INPUT -j DROP', '# a note', '', ' ', 'COMMIT', '*nat', '*filter'),
  fc.constantFrom(':INPUT DROP [1:2]', ':POLLUX-other-in - [0:0]', '-A INPUT -j POLLUX-other-in', '*filter\r'),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'))
const file = fc.tuple(text, text, text).map(([a, b, c]) => `${a}\n*filter\n:INPUT DROP [0:0]\n${b}\nCOMMIT\n${c}`)

describe('the file that rules are loaded from', () => {
  it('is as it was, byte for byte, once the mesh is taken out again', () => {
    fc.assert(
      fc.property(file, guarded, guarded, hooks, (bytes, first, second, way) => {
        const one = savedWith(bytes, first, way)
        const other = savedWith(one ?? '', second, way)
        expect(one).not.toBe(bytes)
        expect(savedWith(one ?? '', none, way)).toBe(bytes)
        expect(savedWith(other ?? '', none, way)).toBe(bytes)
      }),
    )
  })

  it('is left alone once the rules stand', () => {
    fc.assert(
      fc.property(file, guarded, hooks, (bytes, wanted, way) => {
        const one = savedWith(bytes, wanted, way)
        expect(savedWith(one ?? '', wanted, way)).toBe(one)
      }),
    )
  })

  it('takes no rule without a whole table for it', () => {
    const wanted: Guarded = { ...none, own: '192.0.2.10', peers: [] }
    for (const bytes of ['', '*nat\nCOMMIT\n', '*filter\n:INPUT ACCEPT [0:0]\n', 'COMMIT\n*filter\n'])
      expect(savedWith(bytes, wanted, plainHooks)).toBeNull()
  })
})
