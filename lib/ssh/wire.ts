/** `string` of RFC 4251, 5: length and bytes. */
export function wireString(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([wireUint32(bytes.length), bytes])
}

/** `uint32` of RFC 4251, 5. */
export function wireUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** `mpint` of RFC 4251, 5, of a number that is not negative: no leading zeros but the one that keeps it positive. */
export function wireMpint(value: Buffer): Buffer {
  const first = value.findIndex((byte) => byte !== 0)
  if (first < 0) return wireUint32(0)
  const bytes = value.subarray(first)
  return wireString((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

/** Reads `string`s one after the other; null when there is no whole one left. */
export function wireReader(bytes: Buffer, start = 0): { string(): Buffer | null; skip(count: number): void } {
  let at = start
  return {
    string() {
      if (at + 4 > bytes.length) return null
      const length = bytes.readUInt32BE(at)
      if (at + 4 + length > bytes.length) return null
      at += 4 + length
      return bytes.subarray(at - length, at)
    },
    skip(count) {
      at += count
    },
  }
}
