import { expect, it } from 'vitest'
import { chord, RING, ringPlaces } from './ring-shape'

it('stands the first member at the top, and all on one circle', () => {
  const places = ringPlaces(7)
  expect(places[0]).toMatchObject({ x: RING.middle, y: RING.middle - RING.radius, anchor: 'middle' })
  for (const { x, y } of places) expect(Math.hypot(x - RING.middle, y - RING.middle)).toBeCloseTo(RING.radius, 0)
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(7)
})

it('writes names away from the ring', () => {
  for (const { x, nameX, anchor } of ringPlaces(10)) {
    if (anchor === 'start') expect(nameX).toBeGreaterThan(x)
    if (anchor === 'end') expect(nameX).toBeLessThan(x)
  }
})

it('bends a chord towards the middle', () => {
  const [one, , other] = ringPlaces(4)
  if (!one || !other) throw new Error('expected places')
  expect(chord(one, other)).toBe(`M170 66Q170 170 170 274`)
})
