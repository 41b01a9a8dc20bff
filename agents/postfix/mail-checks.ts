import type { FarCheck, FarRead } from '@/lib/agent'
import type { Identity, SetDesired } from './desired'
import { hasAddress, type Instance, type ListeningSocket, type PostfixFacts } from './facts'
import { idOf } from './names'
import { expandedParameterOf, ownParameterOf } from './parameters'
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
  /** Whether it may go over a family for which no source was chosen. */
  isFree: boolean
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
  const handIn = wayIn(facts, instance, after)
  if (probe === null || handIn === null || !canSend(desired)) return []
  const name = desired.helo ?? expandedParameterOf(facts, instance, 'myhostname') ?? 'localhost'
  const far = (sender: string): MailRead => ({
    kind: 'mail',
    hostId,
    handIn,
    config: instance.name === '-' ? null : instance.directory,
    sender,
    to: probe.to === 'pollux' ? { kind: 'pollux' } : { kind: 'address', address: probe.address },
  })
  const first = far(`postmaster@${name}`)
  const isUsual = desired.scope === 'all' || desired.scope.includes('smtp/unix')
  const nobody = { source4: null, source6: null, helo: null }
  // Pollux is taken to be reached over IPv4; which family a mailbox's server is reached over, the DNS decides.
  const isFree = ({ source4, source6 }: Identity) =>
    source4 === null || (source6 === null && desired.sixth === 'any' && probe.to === 'address')
  const seenOf = (id: string, what: string, message: MailRead, identity: Identity): Seen => ({
    id,
    what,
    far: message,
    identity,
    isFree: isFree(identity),
  })
  const hand =
    handIn.by === 'smtp' ? `at ${handIn.address}${handIn.port === 25 ? '' : `:${handIn.port}`}` : 'by sendmail'
  const senders = senderClients(desired.senders)
    .filter(({ identity }) => canSend(identity))
    .slice(0, MOST_SENDERS)
  return [
    {
      ...base(first),
      id: 'mail.accepted',
      title: `Local programs can hand in mail ${hand}`,
      weight: 'must',
      expect: { name: 'accepted', includes: handIn.by === 'smtp' ? '250' : 'took it' },
    },
    ...seenChecks(seenOf('mail', 'The probe message', first, isUsual ? desired : nobody)),
    ...senders.flatMap(({ name: client, identity, patterns }) => {
      const [pattern = ''] = patterns
      const sender = pattern.startsWith('@') ? `postmaster${pattern}` : pattern
      return seenChecks(seenOf(idOf('mail', client), `Mail of ${sender}`, far(sender), identity))
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

/**
 * Where a message is handed in: at loopback, as local programs do; else by sendmail; and where that is closed, as
 * postmulti(1) closes it for a new instance, wherever else the instance listens on loopback. Null for nowhere.
 */
export function wayIn(
  facts: PostfixFacts,
  instance: Instance,
  after: readonly ListeningSocket[],
): MailRead['handIn'] | null {
  const local = after.filter(({ host, family }) => family === 4 && (host === null || host === '127.0.0.1'))
  const isOpen = ownParameterOf(facts, instance, 'authorized_submit_users') !== ''
  const at = local.find(({ port }) => port === 25) ?? (isOpen ? undefined : local[0])
  if (at) return { by: 'smtp', address: '127.0.0.1', port: at.port }
  return isOpen ? { by: 'sendmail', program: 'sendmail' } : null
}

function seenChecks({ id, what, far, identity, isFree }: Seen): FarCheck[] {
  const sources = [identity.source4, identity.source6].filter((source) => source !== null)
  const source: FarCheck = {
    ...base(far),
    id: `${id}.source`,
    title: `${what} came from ${sources.join(' or ')}`,
    weight: isFree ? 'advise' : 'must',
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
