import { describe, expect, it } from 'vitest'
import { proofItems } from './proof-items'

const proof = (hostName: string) => ({
  hostName,
  title: 'The file says so',
  weight: 'must',
  expected: 'new',
  seen: 'new',
  verdict: 'yes',
})

describe('the proof of a change', () => {
  it('says which of it was undone where the hosts ended differently', () => {
    const items = proofItems({
      state: 'ended',
      outcome: 'split',
      startedAt: new Date(),
      proofs: [proof('cedar'), proof('alder')],
      hosts: [
        { name: 'alder', outcome: 'reverted' },
        { name: 'cedar', outcome: 'applied' },
      ],
    })
    expect(items.map(({ title, value }) => [title, value])).toEqual([
      ['cedar: The file says so', undefined],
      ['alder: The file says so', 'seen, then undone'],
    ])
  })
})
