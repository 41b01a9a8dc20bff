/** One of a pair's two places, with what was read of it last. */
export interface PairPlace {
  hostId: string
  name: string
  /** The device that is declared. */
  device: string
  /** Whether the host has the address; null where that is not known now: never read, or out of reach since. */
  holds: boolean | null
  /** The device that has it; null when none has or it is not known. */
  onDevice: string | null
  /** When that was read, in milliseconds since 1970; null when it never was. */
  readAt: number | null
  /** The last contact failed; what was read stands as it was then. */
  isOutOfReach: boolean
}

/** Where the address of a pair is, as far as it was read. */
export type PairSeen = 'active' | 'standby' | 'both' | 'neither' | 'unknown'

/** What Pollux offers to do about a pair. `to` gets the address, `from` gives it. */
export type PairOffer =
  | { kind: 'move'; from: PairPlace; to: PairPlace }
  | { kind: 'add'; to: PairPlace; other: PairPlace }
  | { kind: 'remove'; from: PairPlace; other: PairPlace }

interface Places {
  active: PairPlace
  standby: PairPlace
}

/** Which of the two has the address. What is not known of one does not hide what is known of the other. */
export function seenOf({ active, standby }: Places): PairSeen {
  if (active.holds && standby.holds) return 'both'
  if (active.holds) return 'active'
  if (standby.holds) return 'standby'
  return active.holds === false && standby.holds === false ? 'neither' : 'unknown'
}

/**
 * The one thing that can be done about a pair now: the move from the one to the other, or, where neither has the address
 * or the one that had it is out of reach, that the other takes it. Null where a host that is needed cannot be reached.
 */
export function offerOf(pair: Places): PairOffer | null {
  const { active, standby } = pair
  const seen = seenOf(pair)
  if (seen === 'both') return { kind: 'remove', from: standby, other: active }
  if (seen === 'active') return standby.isOutOfReach ? null : { kind: 'move', from: active, to: standby }
  if (seen === 'standby') return active.isOutOfReach ? null : { kind: 'move', from: standby, to: active }
  if (seen === 'neither') return { kind: 'add', to: active, other: standby }
  if (active.isOutOfReach && standby.holds === false) return { kind: 'add', to: standby, other: active }
  if (standby.isOutOfReach && active.holds === false) return { kind: 'add', to: active, other: standby }
  return null
}
