import type { Ctx } from '@/lib/auth/actor'
import { authorizeHosts } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { canReceiveFrom, takeLook } from '@/lib/vantage'

/** What is known of the way of a host's mail before anything is planned. */
export interface MailLooks {
  /** Why Pollux itself cannot receive a probe message of the host; null when it can. */
  whyNotHere: string | null
  /** The names in the DNS of each address that could be asked for; an empty list is an answer. */
  names: Readonly<Record<string, readonly string[]>>
  /** Why some address could not be asked for; null when all were. */
  whyNoNames: string | null
}

/** More are not asked for: who waits for the page wants its form. */
const mostAddresses = 3
const dnsMs = 3_000

/** Looks, for the wizard, whether a probe can come to Pollux, and what the addresses are called. Nothing is sent. */
export async function lookBeforeMail(
  ctx: Ctx,
  { hostId, addresses, dnsServer }: { hostId: string; addresses: readonly string[]; dnsServer: string | null },
): Promise<MailLooks> {
  authorize(ctx, 'read facts anew')
  await authorizeHosts(ctx, [hostId])
  const [canCome, ...looks] = await Promise.all([
    canReceiveFrom(hostId),
    ...addresses.slice(0, mostAddresses).map((address) => askName(address, dnsServer)),
  ])
  return {
    whyNotHere: canCome === true ? null : canCome,
    names: Object.fromEntries(looks.flatMap(({ address, names }) => (names ? [[address, names]] : []))),
    whyNoNames: looks.find(({ names }) => names === null)?.why ?? null,
  }
}

/** The names of an address; null when nobody could be asked, which is not "it has none". */
async function askName(address: string, server: string | null) {
  const ask = { kind: 'names-of', address } as const
  const { learned, why } = await takeLook({ kind: 'dns', server, ask }, { timeoutMs: dnsMs })
  const found = learned['names']
  if (found === undefined) return { address, names: null, why: `What ${address} is called is not known. ${why}` }
  return { address, names: found === 'none' ? [] : found.split(', '), why: '' }
}
