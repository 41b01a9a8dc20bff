import { describe, expect, it } from 'vitest'
import { offerOf, type PairPlace, seenOf } from './pair-seen'

type State = boolean | null | 'away'

function place(name: string, state: State): PairPlace {
  const isOutOfReach = state === 'away'
  const holds = isOutOfReach ? null : state
  return { hostId: name, name, device: 'eth0', holds, onDevice: holds ? 'eth0' : null, readAt: 1, isOutOfReach }
}

/** "move fir rowan" */
function told(active: State, standby: State): string | null {
  const offer = offerOf({ active: place('fir', active), standby: place('rowan', standby) })
  if (!offer) return null
  return offer.kind === 'move' ? `move ${offer.from.name} ${offer.to.name}` : wordsOf(offer)
}

function wordsOf(offer: Exclude<ReturnType<typeof offerOf>, null | { kind: 'move' }>): string {
  return `${offer.kind} ${offer.kind === 'add' ? offer.to.name : offer.from.name}`
}

describe('what is seen of a pair, and offered', () => {
  it.each<[State, State, string, string | null]>([
    [true, false, 'active', 'move fir rowan'],
    [false, true, 'standby', 'move rowan fir'],
    [true, true, 'both', 'remove rowan'],
    [false, false, 'neither', 'add fir'],
    [true, null, 'active', 'move fir rowan'],
    [null, true, 'standby', 'move rowan fir'],
    [false, null, 'unknown', null],
    [null, false, 'unknown', null],
    [null, null, 'unknown', null],
    // Who cannot be reached gives nothing and takes nothing; the other can take it once nobody answers for it.
    [true, 'away', 'active', null],
    ['away', true, 'standby', null],
    ['away', false, 'unknown', 'add rowan'],
    [false, 'away', 'unknown', 'add fir'],
    ['away', 'away', 'unknown', null],
    ['away', null, 'unknown', null],
  ])('active %j, standby %j: %s, %j', (active, standby, seen, offer) => {
    expect(seenOf({ active: place('fir', active), standby: place('rowan', standby) })).toBe(seen)
    expect(told(active, standby)).toBe(offer)
  })
})
