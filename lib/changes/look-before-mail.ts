import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { canReceiveFrom, takeLook } from '@/lib/vantage'

/** What is known of the way of a host's mail before anything is planned. */
export interface MailLooks {
  /** Why Pollux itself cannot receive a probe message of the host; null when it can. */
  whyNotHere: string | null
  /** Names in the DNS of the addresses that have one. What could not be asked is not among them. */
  names: readonly { address: string; name: string }[]
}

const mostAddresses = 4

/** Looks, for the wizard, whether a probe can come to Pollux, and what the addresses are called. Nothing is sent. */
export async function lookBeforeMail(ctx: Ctx, hostId: string, addresses: readonly string[]): Promise<MailLooks> {
  authorize(ctx, 'read facts anew')
  const [canCome, ...names] = await Promise.all([
    canReceiveFrom(hostId),
    ...addresses.slice(0, mostAddresses).map(async (address) => {
      const ask = { kind: 'names-of', address } as const
      const { learned } = await takeLook({ kind: 'dns', server: null, ask }, { timeoutMs: 3_000 })
      const found = learned['names'] ?? 'none'
      return found === 'none' ? [] : found.split(', ').map((name) => ({ address, name }))
    }),
  ])
  return { whyNotHere: canCome === true ? null : canCome, names: names.flat() }
}
