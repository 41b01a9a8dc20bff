/**
 * A number from 0 up to, and without, 1 for a place in a series: the same for the same seed, series and place, and in any
 * order. So a row of any table can be made without keeping another. (Mixing steps of MurmurHash 3.)
 */
export function draw(seed: number, series: number, place: number): number {
  let mixed =
    Math.imul(seed ^ 0x2545f491, 0x85ebca6b) ^ Math.imul(series + 0x9e3779b9, 0xc2b2ae35) ^ Math.imul(place, 0xcc9e2d51)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  mixed ^= Math.imul(Math.floor(place / 2 ** 32), 0x1b873593)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}
