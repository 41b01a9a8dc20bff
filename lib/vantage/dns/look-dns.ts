import type { FarRead, FarSeen } from '@/lib/agent'
import { sentenceOf } from '../not-seen'
import { lookMaySend } from '../spf/look-may-send'
import { lookAddresses } from './look-addresses'
import { lookMailHosts } from './look-mail-hosts'
import { lookConfirmed, lookNames } from './look-names'
import { type Dns, openDns } from './open-dns'

/** Asks the DNS. That there is no name or record is an answer; that nobody answered is not. */
export async function lookDns(
  { server, ask }: Extract<FarRead, { kind: 'dns' }>,
  signal: AbortSignal,
): Promise<FarSeen> {
  try {
    return await answerOf(openDns(server, signal), ask)
  } catch (error) {
    return { learned: {}, why: sentenceOf(error) }
  }
}

function answerOf(dns: Dns, ask: Extract<FarRead, { kind: 'dns' }>['ask']): Promise<FarSeen> {
  switch (ask.kind) {
    case 'names-of':
      return lookNames(dns, ask.address)
    case 'confirmed':
      return lookConfirmed(dns, ask.address)
    case 'addresses-of':
      return lookAddresses(dns, ask.name)
    case 'mail-hosts':
      return lookMailHosts(dns, ask.domain)
    case 'may-send':
      return lookMaySend(dns, ask)
  }
}
