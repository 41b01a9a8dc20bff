import type { FarCheck, FarRead } from '@/lib/agent'
import type { Identity, SetDesired } from './desired'
import { hasAddress, type Instance, type ListeningSocket, type PostfixFacts } from './facts'
import { idOf } from './names'
import { expandedParameterOf } from './parameters'
import { senderClients } from './senders'

/** Senders of their own that are proved by a message each; a wish of many would keep the host waiting for long. */
const MOST_SENDERS = 4
/** Seconds for one message: a filter may take its time. */
const MESSAGE_S = 75

type MailRead = Extract<FarRead, { kind: 'mail' }>

/** What a message must look like to its receiver. */
interface Seen {
  /** Begins the ids of its checks. */
  id: string
  /** Whose message it is: "The probe message", "Mail of ada@example.org". */
  what: string
  far: MailRead
  identity: Identity
  /** Whether it may go over IPv6, where no source was chosen. */
  isFreeOnSix: boolean
}

/** One message through the host's own way in, filters included, and out again; and one for each sender of its own. */
export function mailChecks(
  hostId: string,
  facts: PostfixFacts,
  instance: Instance,
  desired: SetDesired,
  after: readonly ListeningSocket[],
): FarCheck[] {
  const { probe } = desired.proof
  // What is sent from an address that another host has now gets no answer.
  const canSend = ({ source4, source6 }: Identity) =>
    [source4, source6].every((source) => source === null || hasAddress(facts, source))
  if (probe === null || !canSend(desired)) return []
  const isLocal = after.some(({ port, host }) => port === 25 && (host === null || host === '127.0.0.1'))
  const name = desired.helo ?? expandedParameterOf(facts, instance, 'myhostname') ?? 'localhost'
  const far = (sender: string): MailRead => ({
    kind: 'mail',
    hostId,
    handIn: isLocal ? { by: 'smtp', address: '127.0.0.1', port: 25 } : { by: 'sendmail', program: 'sendmail' },
    config: instance.name === '-' ? null : instance.directory,
    sender,
    to: probe.to === 'pollux' ? { kind: 'pollux' } : { kind: 'address', address: probe.address },
  })
  const first = far(`postmaster@${name}`)
  const isUsual = desired.scope === 'all' || desired.scope.includes('smtp/unix')
  const nobody = { source4: null, source6: null, helo: null }
  const isFree = (source6: string | null) => source6 === null && desired.sixth === 'any' && probe.to === 'address'
  const own = { id: 'mail', what: 'The probe message', far: first, identity: isUsual ? desired : nobody }
  const senders = senderClients(desired.senders)
    .filter(({ identity }) => canSend(identity))
    .slice(0, MOST_SENDERS)
  return [
    {
      ...base(first),
      id: 'mail.accepted',
      title: isLocal ? 'Local programs can hand in mail at 127.0.0.1' : 'Local programs can hand in mail by sendmail',
      weight: 'must',
      expect: { name: 'accepted', includes: isLocal ? '250' : 'took it' },
    },
    ...seenChecks({ ...own, isFreeOnSix: isFree(own.identity.source6) }),
    ...senders.flatMap(({ name: client, identity, patterns }) => {
      const [pattern = ''] = patterns
      const sender = pattern.startsWith('@') ? `postmaster${pattern}` : pattern
      const seen = { id: idOf('mail', client), what: `Mail of ${sender}`, far: far(sender), identity }
      return seenChecks({ ...seen, isFreeOnSix: isFree(identity.source6) })
    }),
    {
      ...base(first),
      id: 'mail.bounced',
      title: 'No other message bounced since Postfix read its files',
      weight: 'advise',
      expect: { name: 'bounced', equals: 'none' },
    },
  ]
}

function seenChecks({ id, what, far, identity, isFreeOnSix }: Seen): FarCheck[] {
  const sources = [identity.source4, identity.source6].filter((source) => source !== null)
  const source: FarCheck = {
    ...base(far),
    id: `${id}.source`,
    title: `${what} came from ${sources.join(' or ')}`,
    weight: isFreeOnSix ? 'advise' : 'must',
    expect: { name: 'source', oneOf: sources },
  }
  return [
    {
      ...base(far),
      id: `${id}.refused`,
      title: `${what} was not refused by its receiver`,
      weight: 'must',
      expect: { name: 'status', excludes: 'bounced' },
    },
    {
      ...base(far),
      id: `${id}.sent`,
      title: `${what} arrived`,
      weight: 'advise',
      expect: { name: 'status', equals: 'sent' },
    },
    ...(sources.length > 0 ? [source] : []),
    ...heloChecks(id, what, far, identity.helo),
  ]
}

/** Only a receiver of Pollux's own can tell which name it was told. */
function heloChecks(id: string, what: string, far: MailRead, helo: string | null): FarCheck[] {
  if (helo === null || far.to.kind !== 'pollux') return []
  const expect = { name: 'helo', equals: helo }
  return [{ ...base(far), id: `${id}.helo`, title: `${what} came under the name ${helo}`, weight: 'must', expect }]
}

function base(far: MailRead) {
  return { hostId: far.hostId, timeoutS: MESSAGE_S, read: { far } }
}
