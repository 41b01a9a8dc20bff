import type { FarRead } from '@/lib/agent'
import { hostPath } from '@/lib/facts/prologue'
import { placeOf } from '../addresses'
import { inert } from '../inert'
import { endedBy, notSeen } from '../not-seen'
import { connectFrom } from '../smtp/connect-from'
import { openDialogue, quit } from '../smtp/dialogue'
import { sayHello } from '../smtp/look-smtp'
import { type Reply, replyText } from '../smtp/replies'
import type { MailHost } from './mail-host'
import type { ProbeMessage } from './probe-message'

type MailRead = Extract<FarRead, { kind: 'mail' }>

/** What the host's own server said to the message. */
export interface HandedIn {
  isTaken: boolean
  answer: string
}

/**
 * Hands the message in as the look says. Throws AppError when nobody took or refused it.
 * @param onHandOver is called just before the server could have it
 */
export function handIn(
  read: MailRead,
  host: MailHost,
  recipient: string,
  message: ProbeMessage,
  signal: AbortSignal,
  onHandOver: () => void,
): Promise<HandedIn> {
  const { handIn: way, hostId, sender, config } = read
  return way.by === 'smtp'
    ? bySmtp({ hostId, host, ...way }, sender, recipient, message, signal, onHandOver)
    : bySendmail(host, { ...way, config }, sender, recipient, message, signal, onHandOver)
}

async function bySmtp(
  { hostId, host, address, port }: { hostId: string; host: MailHost; address: string; port: number },
  sender: string,
  recipient: string,
  message: ProbeMessage,
  signal: AbortSignal,
  onHandOver: () => void,
): Promise<HandedIn> {
  const { stream } = await connectFrom({ kind: 'host', hostId }, address, port, signal)
  const dialogue = openDialogue(stream, `${placeOf(address, port)}, seen from ${host.name},`, signal)
  try {
    const greeting = await dialogue.hear('before it greeted')
    if (greeting.code !== 220) return refused(greeting)
    await sayHello(dialogue)
    for (const line of [`MAIL FROM:<${sender}>`, `RCPT TO:<${recipient}>`]) {
      const reply = await dialogue.say(line)
      if (!isTaken(reply)) return refused(reply)
    }
    const data = await dialogue.say('DATA')
    if (data.code !== 354) return refused(data)
    onHandOver()
    // No line of it begins with a dot.
    dialogue.send(`${message.text.replaceAll('\n', '\r\n')}.\r\n`)
    const reply = await dialogue.hear('after the message')
    await quit(dialogue)
    return { isTaken: isTaken(reply), answer: inert(replyText(reply)) }
  } finally {
    dialogue.end()
  }
}

function isTaken({ code }: Reply): boolean {
  return code >= 200 && code < 300
}

function refused(reply: Reply): HandedIn {
  return { isTaken: false, answer: inert(replyText(reply)) }
}

async function bySendmail(
  host: MailHost,
  { program, config }: { program: string; config: string | null },
  sender: string,
  recipient: string,
  message: ProbeMessage,
  signal: AbortSignal,
  onHandOver: () => void,
): Promise<HandedIn> {
  onHandOver()
  const words = [...(config === null ? [] : ['-C', config]), '-i', '-f', sender, '--', recipient]
  // A login's own PATH may lack the sbin folders.
  const result = await host.run(['env', `PATH=${hostPath}`, program, ...words], message.text, signal)
  const said = inert(`${result.stderr}${result.stdout.toString('utf8')}`.trim())
  if (result.canceled) throw endedBy(signal, `${program} on ${host.name} was given the message`)
  if (result.timedOut) throw notSeen(`${program} on ${host.name} did not end after it was given the message.`)
  // env(1): 126 and 127 say that the program did not run.
  if (result.exitCode === 126 || result.exitCode === 127)
    throw notSeen(`${program} could not be run on ${host.name}${said === '' ? '' : `: ${said}`}.`)
  if (result.exitCode === 0)
    return { isTaken: true, answer: said === '' ? 'sendmail took it' : `sendmail took it: ${said}` }
  return { isTaken: false, answer: inert(`sendmail ended with ${result.exitCode ?? result.signal}: ${said}`) }
}
