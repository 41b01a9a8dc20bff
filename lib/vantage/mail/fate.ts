import { isLoopback } from '../addresses'
import { inert } from '../inert'
import type { Delivery, MailLog } from './parse-mail-log'

/** What became of a message, as far as its log tells. */
export interface Fate {
  /** "sent", "deferred: why", "bounced: why" */
  status: string
  /** The receiver's last word; null when it had none. */
  reply: string | null
  /** The machine that it was handed to, if it was one. */
  peer: { address: string; port: number } | null
}

/**
 * The delivery that counts: the last that is not a hand-over to a filter on the host itself, which hands the message in
 * anew. Null while there is none.
 */
export function fateOf({ deliveries }: MailLog): Fate | null {
  const last = deliveries.findLast((delivery) => !isToFilter(delivery))
  if (last === undefined) return null
  const { status, detail, relay } = last
  const isReturned = status === 'bounced' || status === 'expired'
  return {
    status: status === 'sent' ? 'sent' : inert(`${isReturned ? 'bounced' : status}: ${detail}`),
    reply: replyOf(last),
    peer: relay?.address && relay.port ? { address: relay.address, port: relay.port } : null,
  }
}

/** Where it was handed to last, when that is a filter and nothing came after; null otherwise. */
export function heldByFilter(log: MailLog): string | null {
  const last = log.deliveries.at(-1)
  return last && isToFilter(last) ? (last.relay?.text ?? null) : null
}

function isToFilter({ status, relay }: Delivery): boolean {
  return status === 'sent' && relay?.address != null && isLoopback(relay.address)
}

function replyOf({ status, detail, relay }: Delivery): string | null {
  const said = /\bsaid: (.*?)(?: \(in reply to [^()]*\))?$/s.exec(detail)?.[1]
  if (said !== undefined) return inert(said)
  return status === 'sent' && relay?.address != null && /^2\d\d\b/.test(detail) ? inert(detail) : null
}
