import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { parseStoredFacts, readValue } from './stored-facts'

/** A host as a pair's form offers it. */
export interface PairHost {
  id: string
  name: string
  /** What it was seen to have besides the loopback, the one with its own address first; empty where it was never read. */
  devices: string[]
}

/** The hosts by name, with their network devices as they were read last. One query. */
export async function listPairHosts(ctx: Ctx): Promise<PairHost[]> {
  authorize(ctx, 'read inventory')
  const hosts = await read((tx) =>
    tx.host.findMany({
      select: { id: true, name: true, address: true, latestFacts: true },
      orderBy: { name: 'asc' },
    }),
  )
  return hosts.map(({ id, name, address, latestFacts }) => ({ id, name, devices: devicesOf(latestFacts, address) }))
}

function devicesOf(text: string | null, address: string): string[] {
  const interfaces = readValue(parseStoredFacts(text), 'addresses') ?? []
  const rank = (one: (typeof interfaces)[number]) =>
    one.addresses.some((each) => each.address === address) ? 0 : one.addresses.some(isGlobal) ? 1 : 2
  return (
    interfaces
      .filter((one) => !one.addresses.some((each) => each.address === '127.0.0.1' || each.address === '::1'))
      // net-tools shows an alias as a device of its own.
      .filter((one) => !one.name.includes(':'))
      .sort((a, b) => rank(a) - rank(b))
      .map((one) => one.name)
  )
}

function isGlobal({ address, scope }: { address: string; scope: string | null }): boolean {
  return scope === 'global' || (scope === null && !address.startsWith('fe80:'))
}
