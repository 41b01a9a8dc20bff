import { placeOf } from '../addresses'
import { sentenceOf } from '../not-seen'
import { type Followed, followLog } from './follow-log'
import { bouncesScript } from './host-scripts'
import type { MailHost } from './mail-host'
import type { Arrival } from './mailbox'
import { parseBounces } from './parse-bounces'
import { nothingKnown } from './parse-mail-log'
import type { Receiver } from './receiver'
import { takeBack } from './take-back'

/** A look that is over still looks into the log once. */
const bouncesMs = 10_000

/** Follows a message that the host's server took, into `learned`; returns why the rest could not be learned. */
export async function findFate(
  host: MailHost,
  receiver: Receiver,
  messageId: string,
  config: string | null,
  learned: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const { followed, arrival } = await follow(host, receiver, messageId, config, signal)
  const whys = [await learnBounces(host, followed, config, learned)]
  if (arrival !== null) {
    Object.assign(learned, { status: 'sent', ...arrival })
    return whys.join('')
  }
  const { fate } = followed
  if (fate !== null) {
    learned['status'] = fate.status
    if (fate.reply !== null) learned['reply'] = fate.reply
    whys.push(...(await learnSource(host, receiver, followed, learned)))
  }
  whys.push(followed.why)
  if (fate?.status !== 'sent') {
    const back = await takeBack(host, receiver.recipient, messageId, followed.log, config)
    // The queue's own word, where there was no log to read.
    if (fate === null && back.entry?.reason) learned['status'] = `deferred: ${back.entry.reason}`
    whys.push(back.why)
  }
  return whys.filter((why) => why !== '').join(' ')
}

/** Whichever tells first: the receiver, or a log that says that the message will not come. */
async function follow(
  host: MailHost,
  receiver: Receiver,
  messageId: string,
  config: string | null,
  signal: AbortSignal,
): Promise<{ followed: Followed; arrival: Arrival | null }> {
  const ending = new AbortController()
  const until = AbortSignal.any([signal, ending.signal])
  const reading = followLog(host, messageId, config, until).catch(
    (error: unknown): Followed => ({
      log: nothingKnown,
      fate: null,
      why: sentenceOf(error),
    }),
  )
  if (receiver.kind === 'address') return { followed: await reading, arrival: null }
  const over = aborted(signal)
  // "sent" is the word of one server: the message may be on its way over another one.
  const hopeless = reading.then((followed) =>
    followed.fate !== null && followed.fate.status !== 'sent' ? null : over.then(() => null),
  )
  const arrival = await Promise.race([receiver.mailbox.arrived, hopeless])
  ending.abort()
  return { followed: await reading, arrival }
}

/** What became of others' messages, while the log is at hand; why that could not be learned. */
async function learnBounces(
  host: MailHost,
  { log }: Followed,
  config: string | null,
  learned: Record<string, string>,
): Promise<string> {
  try {
    const text = await host.script(bouncesScript(config), { signal: AbortSignal.timeout(bouncesMs) })
    const bounced = parseBounces(text, config, log.queueIds)
    if (bounced === null) return `The mail log of ${host.name} does not reach back to when Postfix read its files.`
    learned['bounced'] = bounced
    return ''
  } catch (error) {
    return sentenceOf(error)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function learnSource(
  host: MailHost,
  receiver: Receiver,
  { fate }: Followed,
  learned: Record<string, string>,
): Promise<string[]> {
  const peer = fate?.peer ?? null
  if (receiver.kind === 'pollux')
    return [
      `The message did not reach Pollux${peer ? `; ${host.name} spoke to ${placeOf(peer.address, peer.port)}` : ''}.`,
    ]
  const unknownName = 'Which name the receiver was told, that receiver alone knows.'
  if (peer === null) return [`${host.name} spoke to no other machine about the message.`, unknownName]
  const [source, ...others] = await receiver.sockets.sourcesTo(peer)
  const where = placeOf(peer.address, peer.port)
  if (source === undefined) return [`No connection of ${host.name} to ${where} was seen.`, unknownName]
  if (others.length > 0)
    return [`${host.name} spoke to ${where} from ${[source, ...others].join(' and ')} at the time.`, unknownName]
  learned['source'] = source
  return [unknownName]
}
