import type { Duplex } from 'node:stream'
import { quoted } from '../inert'
import { endedBy, notSeen } from '../not-seen'
import { createReplyReader, type ReadReply, type Reply } from './replies'

/** A conversation with an SMTP server. Each method throws AppError `unreachable` when the server does not go along. */
export interface Dialogue {
  /** The server, as sentences name it. */
  who: string
  /** The next answer, such as the greeting. `after` says what it answers, for sentences. */
  hear(after: string): Promise<Reply>
  /** Sends one command line and hears its answer. */
  say(line: string): Promise<Reply>
  /** Sends text as it is: the message after DATA, with its last dot. */
  send(text: string): void
  /** Ends the connection, whatever state it is in. */
  end(): void
}

const quitMs = 2000

/**
 * Takes a fresh connection over and reads what comes.
 * @param who the server, as sentences name it
 * @param signal ends any wait
 */
export function openDialogue(stream: Duplex, who: string, signal: AbortSignal): Dialogue {
  const reader = createReplyReader()
  let isOver = false
  let wake = () => {}
  stream.on('data', (chunk: Buffer) => {
    reader.add(chunk)
    wake()
  })
  for (const event of ['end', 'close', 'error'])
    stream.on(event, () => {
      isOver = true
      wake()
    })
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort)

  async function hear(after: string): Promise<Reply> {
    for (;;) {
      const read: ReadReply = reader.next()
      if (read.state === 'reply') return read.reply
      if (read.state === 'wrong') throw notSeen(`${who} does not speak SMTP; ${after} it said ${quoted(read.said)}.`)
      if (isOver) throw notSeen(`${who} closed the connection ${after}.`)
      if (signal.aborted) throw endedBy(signal, `${who} was asked, ${after}`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    who,
    hear,
    say(line) {
      stream.write(`${line}\r\n`)
      return hear(`after ${line.split(' ')[0]}`)
    },
    send: (text) => void stream.write(text),
    end() {
      signal.removeEventListener('abort', onAbort)
      stream.end()
      stream.destroy()
    },
  }
}

/** Says goodbye, so that the server's log shows no lost connection, and lets go. Never throws. */
export async function quit(dialogue: Dialogue): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, quitMs).unref())
  await Promise.race([dialogue.say('QUIT').catch(() => undefined), late])
  dialogue.end()
}
