/** Half the ring's picture, and the circle that the members stand on; in CSS pixels, never scaled. */
export const RING = { middle: 170, radius: 104 } as const

export interface RingPlace {
  x: number
  y: number
  /** Where the name stands. */
  nameX: number
  nameY: number
  anchor: 'start' | 'middle' | 'end'
}

/** Where each of so many members stands, the first at the top, the others clockwise. */
export function ringPlaces(members: number): RingPlace[] {
  const { middle, radius } = RING
  return Array.from({ length: members }, (_, at) => {
    const turn = (at / members) * 2 * Math.PI - Math.PI / 2
    const [across, down] = [Math.cos(turn), Math.sin(turn)]
    const isMiddle = Math.abs(across) < 0.2
    return {
      x: round(middle + radius * across),
      y: round(middle + radius * down),
      nameX: round(middle + (radius + 11) * across),
      nameY: round(middle + (radius + (isMiddle ? 16 : 11)) * down + 4),
      anchor: isMiddle ? 'middle' : across > 0 ? 'start' : 'end',
    }
  })
}

/** The chord between two places, bent towards the middle of the ring: a path's `d`. */
export function chord(one: RingPlace, other: RingPlace): string {
  const { middle } = RING
  const bent = (a: number, b: number) => round(middle + ((a + b) / 2 - middle) * 0.35)
  return `M${one.x} ${one.y}Q${bent(one.x, other.x)} ${bent(one.y, other.y)} ${other.x} ${other.y}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
