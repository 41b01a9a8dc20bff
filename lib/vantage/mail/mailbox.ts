import type { AddressInfo } from 'node:net'
import { finished } from 'node:stream/promises'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { canonicalIp } from '../addresses'
import { inert } from '../inert'
import { notSeen } from '../not-seen'
import { listenSentence } from './listen-sentence'
import { literalAddress } from './mail-address'
import { takeTurn } from './mailbox-turn'
import { receiverPort } from './receiver-port'

/** What the receiver knows about the message that it waited for. */
export interface Arrival {
  /** The address that it came from. */
  source: string
  /** The name in HELO or EHLO, in small letters. */
  helo: string
  /** What the sending server was told. */
  reply: string
}

/** A receiver that takes one message and nothing else. */
export interface Mailbox {
  recipient: string
  port: number
  /** Settles when the message was taken and its connection has ended; never rejects, and may never settle. */
  arrived: Promise<Arrival>
  close(): Promise<void>
}

const mostBytes = 64 * 1024
const mostClients = 5
const silenceMs = 15_000
const closeMs = 1000
/** What the sender says between the answer to its message and its QUIT needs no longer. */
const goodbyeMs = 2000

// No machine has this name (RFC 2606): a sender that is greeted with its own name thinks that its mail goes in circles.
const greetingName = 'pollux-probe.invalid'

/**
 * Opens a receiver at an address of the dashboard's machine, for one recipient that nobody can guess, once nobody else
 * in this process has one there.
 * @throws AppError `unreachable` when it cannot listen there, or the signal came first
 */
export async function openMailbox(address: string, nonce: string, signal: AbortSignal): Promise<Mailbox> {
  const endTurn = await takeTurn(address, signal)
  try {
    const mailbox = await startMailbox(address, nonce)
    return { ...mailbox, close: () => mailbox.close().finally(endTurn) }
  } catch (error) {
    endTurn()
    throw error
  }
}

async function startMailbox(address: string, nonce: string): Promise<Mailbox> {
  const recipient = literalAddress(`pollux-${nonce}`, address)
  let arrive: (arrival: Arrival) => void = () => {}
  const arrived = new Promise<Arrival>((resolve) => {
    arrive = resolve
  })
  const taken = new Map<string, Arrival>()
  const server = new SMTPServer({
    name: greetingName,
    banner: 'Pollux waits for one message',
    size: mostBytes,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // A look-up would keep the sender waiting, and could be answered by anybody.
    disableReverseLookup: true,
    maxClients: mostClients,
    socketTimeout: silenceMs,
    closeTimeout: closeMs,
    logger: false,
    onRcptTo: ({ address: given }, _session, done) => done(isSame(given, recipient) ? null : refusal()),
    onData(stream, session, done) {
      void takeMessage(stream, nonce).then((isOurs) => {
        if (!isOurs) return done(refusal())
        const arrival = arrivalOf(session)
        taken.set(session.id, arrival)
        setTimeout(() => arrive(arrival), goodbyeMs).unref()
        done(null, 'Pollux has it')
      })
    },
    onClose(session) {
      const arrival = taken.get(session.id)
      if (arrival) arrive(arrival)
    },
  })
  const port = await listen(server, address)
  return { recipient, port, arrived, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function listen(server: SMTPServer, address: string): Promise<number> {
  const port = receiverPort()
  return new Promise((resolve, reject) => {
    let isListening = false
    // Later errors are of single connections: what somebody sent that is no SMTP.
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (!isListening) reject(notSeen(listenSentence(address, port, error)))
    })
    const listener = server.listen(port, address, () => {
      isListening = true
      resolve((listener.address() as AddressInfo).port)
    })
  })
}

async function takeMessage(stream: SMTPServerDataStream, nonce: string): Promise<boolean> {
  let text = ''
  stream.on('data', (chunk: Buffer) => {
    if (text.length < mostBytes) text += chunk.toString('latin1')
  })
  await finished(stream).catch(() => undefined)
  return !stream.sizeExceeded && text.includes(`<pollux.${nonce}@`)
}

function arrivalOf(session: SMTPServerSession): Arrival {
  return {
    source: canonicalIp(session.remoteAddress) ?? inert(session.remoteAddress),
    helo: inert(String(session.hostNameAppearsAs)),
    reply: '250 Pollux has it',
  }
}

function refusal(): Error {
  return Object.assign(new Error('Pollux takes one message only, and not this one'), { responseCode: 550 })
}

function isSame(given: string, recipient: string): boolean {
  return given.toLowerCase() === recipient.toLowerCase()
}
