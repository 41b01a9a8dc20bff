import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { read } from '@/lib/db'
import { addressesOf } from './addresses-of'

/**
 * Why Pollux's own login would not prove that these hosts are still in reach: its way to one of them is no way that the
 * change could cut, or others depend on it (rule 7). Null where its login proves it. The sentence is for the screen.
 */
export async function needsPerson(hostIds: readonly string[]): Promise<string | null> {
  const hosts = await read((tx) =>
    tx.host.findMany({
      where: { id: { in: [...hostIds] } },
      select: { name: true, address: true, jumpHostId: true, _count: { select: { jumpedBy: true } } },
      orderBy: { name: 'asc' },
    }),
  )
  const own = ownAddresses()
  const gateways = await defaultGateways()
  for (const { name, address, jumpHostId, _count } of hosts) {
    if (_count.jumpedBy > 0) return `${name} is the way to ${_count.jumpedBy} other hosts.`
    // Behind a jump host the address is not this machine's to resolve.
    if (jumpHostId !== null) continue
    const addresses = await addressesOf(address)
    if (addresses.some((each) => own.has(each))) return `${name} is the machine that Pollux itself runs on.`
    if (addresses.some((each) => gateways.has(each)))
      return `${name} is the gateway of the machine that Pollux runs on.`
  }
  return null
}

function ownAddresses(): Set<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((each) => each?.map((one) => one.address) ?? []))
}

/** The gateways of default routes, IPv4 (proc_net(5): addresses are hexadecimal, in the machine's byte order). */
async function defaultGateways(): Promise<Set<string>> {
  const text = await readFile('/proc/net/route', 'utf8').catch(() => '')
  const rows = text.split('\n').map((line) => line.split('\t'))
  const gateways = rows.flatMap(([, destination, gateway]) => (destination === '00000000' && gateway ? [gateway] : []))
  return new Set(
    gateways.map((hex) =>
      (hex.match(/../g) ?? [])
        .map((byte) => Number.parseInt(byte, 16))
        .reverse()
        .join('.'),
    ),
  )
}
