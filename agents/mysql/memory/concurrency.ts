/** How many connections send a packet of the largest size at once: one for 32. */
export function largePackets(connections: number): number {
  return Math.max(1, Math.ceil(connections / 32))
}
