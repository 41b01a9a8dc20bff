import { type Fate, fateOf, heldByFilter } from './fate'
import { logScript } from './host-scripts'
import type { MailHost } from './mail-host'
import { type MailLog, nothingKnown, parseMailLog } from './parse-mail-log'

export interface Followed {
  log: MailLog
  /** Null when the log did not tell in time; `why` says what it told. */
  fate: Fate | null
  why: string
}

/**
 * Reads the host's mail log until it tells what became of the message, or the signal comes. What was read counts then.
 * @throws AppError when the host cannot be reached
 */
export async function followLog(
  host: MailHost,
  messageId: string,
  config: string | null,
  signal: AbortSignal,
): Promise<Followed> {
  let log: MailLog = nothingKnown
  let texts = [`message-id=${messageId}`]
  let known = 0
  while (!signal.aborted) {
    const text = await host.script(logScript(texts, known, config), { signal }).catch((error: unknown) => {
      if (signal.aborted) return null
      throw error
    })
    if (text === null) break
    log = parseMailLog(text, messageId)
    const fate = fateOf(log)
    if (fate !== null) return { log, fate, why: '' }
    const wanted = [`message-id=${messageId}`, ...log.queueIds.map((queueId) => `${queueId}: `)]
    // Lines of a new name in the queue may be there already.
    known = wanted.length > texts.length ? 0 : text.split('\n').length - 1
    texts = wanted
  }
  return { log, fate: null, why: whyUntold(host.name, log) }
}

function whyUntold(name: string, log: MailLog): string {
  if (log.queueIds.length === 0)
    return `The mail log of ${name} (its files in /var/log, its journal) does not speak of the message.`
  const filter = heldByFilter(log)
  return filter === null
    ? `The mail log of ${name} knows the message as ${log.queueIds.join(', ')} and tells of no delivery in time.`
    : `The mail log of ${name} tells that the message went to ${filter}, on the host itself, and of nothing after that.`
}
