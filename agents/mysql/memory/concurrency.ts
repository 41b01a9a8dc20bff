/** How many temporary tables are at their full size at once: one for each of 16 connections, and one for two of the rest. */
export function temporaryTables(connections: number): number {
  const few = Math.min(connections, 16)
  return few + Math.ceil((connections - few) / 2)
}

/** How many connections send a packet of the largest size at once: one for 32. */
export function largePackets(connections: number): number {
  return Math.max(1, Math.ceil(connections / 32))
}
