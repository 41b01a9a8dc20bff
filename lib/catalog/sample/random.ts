/** Drawn numbers that are the same for the same seed, everywhere and for ever. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number
  /** From low up to, and without, high. */
  between(low: number, high: number): number
  /** A whole number from 0 up to, and without, `below`. */
  whole(below: number): number
  /** True as often as `share` says: 0.04 is 4 of 100. */
  chance(share: number): boolean
}

/** A generator with 32 bits of state (Marsaglia's xorshift with an added Weyl sequence). For samples and benches, never for secrets. */
export function makeRandom(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) >>> 0 || 1
  let weyl = seed >>> 0
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    weyl = (weyl + 0x6d2b79f5) >>> 0
    const mixed = Math.imul((state + weyl) ^ ((state + weyl) >>> 15), 0x2c1b3c6d)
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 8; warm += 1) next()
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: (below) => Math.floor(next() * below),
    chance: (share) => next() < share,
  }
}
