import type { FarRead, FarSeen } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { placeOf } from '../addresses'
import { inert, quoted } from '../inert'
import { notSeen, sentenceOf } from '../not-seen'
import { ownName } from '../own-name'
import { connectFrom } from './connect-from'
import { type Dialogue, openDialogue, quit } from './dialogue'
import { replyText } from './replies'

/** Connects, hears the greeting, says EHLO and QUIT (RFC 5321, 3.1 and 3.2). What was heard before a failure is kept. */
export async function lookSmtp(
  { from, address, port }: Extract<FarRead, { kind: 'smtp' }>,
  signal: AbortSignal,
): Promise<FarSeen> {
  const learned: Record<string, string> = {}
  try {
    const connection = await connectFrom(from, address, port, signal)
    learned['connected'] = 'yes'
    const dialogue = openDialogue(connection.stream, `${placeOf(address, port)}, seen from ${connection.from},`, signal)
    try {
      await listen(dialogue, learned)
      await quit(dialogue)
    } finally {
      dialogue.end()
    }
    return { learned, why: '' }
  } catch (error) {
    if (isAppError(error) && error.data['reason'] === 'refused') learned['connected'] = 'refused'
    return { learned, why: sentenceOf(error) }
  }
}

async function listen(dialogue: Dialogue, learned: Record<string, string>): Promise<void> {
  const greeting = await dialogue.hear('before it greeted')
  if (greeting.code !== 220)
    throw notSeen(`${dialogue.who} lets nobody in: it greeted with ${quoted(replyText(greeting))}.`)
  learned['greeting'] = inert(greeting.lines[0] ?? '')
  const hello = await sayHello(dialogue)
  learned['ehlo'] = inert(hello.split(' ')[0] ?? '')
}

/** EHLO, and HELO where a server of old does not know that; the first line of the answer. */
export async function sayHello(dialogue: Dialogue): Promise<string> {
  const name = ownName()
  const ehlo = await dialogue.say(`EHLO ${name}`)
  const answer = ehlo.code >= 500 && ehlo.code < 503 ? await dialogue.say(`HELO ${name}`) : ehlo
  if (answer.code === 250) return answer.lines[0] ?? ''
  throw notSeen(`${dialogue.who} does not take EHLO ${name}: it answered ${quoted(replyText(answer))}.`)
}
