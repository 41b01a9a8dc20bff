import { lookup } from 'node:dns/promises'

/** Every address that a name stands for, IPv4 and IPv6; an address stands for itself. Empty when it cannot be told. */
export async function addressesOf(name: string): Promise<string[]> {
  try {
    const found = await lookup(name, { all: true })
    return [...new Set(found.map((each) => each.address))]
  } catch {
    return []
  }
}
