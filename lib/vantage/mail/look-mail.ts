import type { FarRead, FarSeen } from '@/lib/agent'
import { sentenceOf } from '../not-seen'
import { findFate } from './find-fate'
import { handIn } from './hand-in'
import { checkMailAddress, checkSender } from './mail-address'
import { type MailHost, openMailHost } from './mail-host'
import { openMailbox } from './mailbox'
import { nothingKnown } from './parse-mail-log'
import { makeNonce, probeMessage } from './probe-message'
import type { Receiver } from './receiver'
import { addressSeenBy } from './seen-from'
import { takeBack } from './take-back'
import { watchSockets } from './watch-sockets'

type MailRead = Extract<FarRead, { kind: 'mail' }>

/** Hands one message to the host's mail server, follows it, and takes it back where it got no further than the queue. */
export async function lookMail(read: MailRead, signal: AbortSignal): Promise<FarSeen> {
  const learned: Record<string, string> = {}
  try {
    checkSender(read.sender)
    if (read.to.kind === 'address') checkMailAddress(read.to.address)
    const host = await openMailHost(read.hostId)
    const nonce = makeNonce()
    const receiver = await openReceiver(read, host, nonce, signal)
    try {
      return { learned, why: await sendAndFollow(read, host, receiver, nonce, learned, signal) }
    } finally {
      await (receiver.kind === 'pollux' ? receiver.mailbox.close() : receiver.sockets.stop())
    }
  } catch (error) {
    return { learned, why: sentenceOf(error) }
  }
}

async function openReceiver(read: MailRead, host: MailHost, nonce: string, signal: AbortSignal): Promise<Receiver> {
  if (read.to.kind === 'address')
    return { kind: 'address', recipient: read.to.address, sockets: await watchSockets(host, signal) }
  const mailbox = await openMailbox(await addressSeenBy(host, signal), nonce, signal)
  return { kind: 'pollux', recipient: mailbox.recipient, mailbox }
}

async function sendAndFollow(
  read: MailRead,
  host: MailHost,
  receiver: Receiver,
  nonce: string,
  learned: Record<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const message = probeMessage(nonce, read.sender, receiver.recipient)
  const { config } = read
  let mayBeThere = false
  const onHandOver = () => {
    mayBeThere = true
  }
  const handed = await handIn(read, host, receiver.recipient, message, signal, onHandOver).catch(
    async (error: unknown) => {
      if (mayBeThere) await takeBack(host, receiver.recipient, message.messageId, nothingKnown, config)
      throw error
    },
  )
  learned['accepted'] = handed.answer
  if (!handed.isTaken) {
    learned['status'] = `refused: ${handed.answer}`
    return `${host.name} did not take the message: ${handed.answer}`
  }
  return findFate(host, receiver, message.messageId, config, learned, signal)
}
