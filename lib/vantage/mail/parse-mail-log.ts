import { canonicalIp } from '../addresses'

/** One line of a delivery agent: what became of a message this time. */
export interface Delivery {
  queueId: string
  /** "sent", "deferred", "bounced", "expired", … */
  status: string
  /** What stands in brackets behind it. */
  detail: string
  /** Who it was handed to: null for `none`; the address is null for what is no machine, such as `local`. */
  relay: { text: string; address: string | null; port: number | null } | null
}

export interface MailLog {
  /** The names that the queue gave a message, in order: a content filter gives it another one. */
  queueIds: readonly string[]
  /** All deliveries of these, in the log's order. */
  deliveries: readonly Delivery[]
  /** The queue's names for the notices of non-delivery that it caused. */
  noticeIds: readonly string[]
}

/** A log that says nothing of the message. */
export const nothingKnown: MailLog = { queueIds: [], deliveries: [], noticeIds: [] }

// "Nov 26 10:11:12 maple postfix/smtp[123]: ID: …", the same with an ISO date, or the journal's text alone. Looked for from
// the left and anchored: what a receiver said stands further right, and could look like any of it.
const headed = /^[A-Z\d][^[\]]* [^\s[\]]+\[\d+\]: ([0-9A-Za-z]{5,20}): (.*)$/s
const bare = /^([0-9A-Za-z]{5,20}): (.*)$/s

/** Finds a message's way in lines of Postfix's log (any since 2.3). `messageId` with its angle brackets. */
export function parseMailLog(text: string, messageId: string): MailLog {
  const lines = text.split('\n').flatMap((line) => {
    const match = bare.exec(line) ?? headed.exec(line)
    return match ? [{ queueId: match[1] ?? '', rest: match[2] ?? '' }] : []
  })
  const named = lines.filter(({ rest }) => rest === `message-id=${messageId}`).map(({ queueId }) => queueId)
  const queueIds = [...new Set(named)]
  const own = lines.filter(({ queueId }) => queueIds.includes(queueId))
  return {
    queueIds,
    deliveries: own.flatMap(({ queueId, rest }) => parseDelivery(queueId, rest)),
    noticeIds: own.flatMap(
      ({ rest }) => /^sender non-delivery notification: ([0-9A-Za-z]{5,20})$/.exec(rest)?.[1] ?? [],
    ),
  }
}

function parseDelivery(queueId: string, rest: string): Delivery[] {
  const match = /^to=<[^>]*>, (?:orig_to=<[^>]*>, )?relay=([^,]+), [^()]*?\bstatus=([\w-]+)(?: \((.*)\))?$/s.exec(rest)
  // The queue manager's own word for what lay there too long.
  const expired = /^from=<[^>]*>, status=(\w+), returned to sender$/.exec(rest)
  if (expired) return [{ queueId, status: expired[1] ?? '', detail: 'it lay in the queue too long', relay: null }]
  return match ? [{ queueId, status: match[2] ?? '', detail: match[3] ?? '', relay: parseRelay(match[1] ?? '') }] : []
}

/** `elm.example.net[10.77.0.33]:25`, `[2001:db8::1][2001:db8::1]:25`, `local`, `elm[private/lmtp]`, `none`. */
function parseRelay(text: string): Delivery['relay'] {
  if (text === 'none') return null
  const match = /\[([^\]]+)\](?::(\d+))?$/.exec(text)
  return { text, address: canonicalIp(match?.[1] ?? ''), port: match?.[2] === undefined ? null : Number(match[2]) }
}
