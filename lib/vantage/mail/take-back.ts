import { sentenceOf } from '../not-seen'
import { queueScript, removeScript } from './host-scripts'
import type { MailHost } from './mail-host'
import type { MailLog } from './parse-mail-log'
import { parseQueue, type QueueEntry } from './parse-queue'

export interface TakenBack {
  /** What the queue said of the message before; null when it was not there. */
  entry: QueueEntry | null
  /** What is wrong, as a sentence; empty when nothing of the message is left in the queue. */
  why: string
}

const limitMs = 30_000
const mostEntries = 20

/** Takes the message, and a notice about it, out of the host's queue. Runs also when the look was stopped. */
export async function takeBack(
  host: MailHost,
  recipient: string,
  messageId: string,
  log: MailLog,
  config: string | null,
): Promise<TakenBack> {
  const signal = AbortSignal.timeout(limitMs)
  try {
    const entries = parseQueue(await host.script(queueScript(recipient, config), { signal }))
    const queued = entries.filter((entry) => entry.recipients.includes(recipient)).map((entry) => entry.queueId)
    const ids = [...new Set([...log.queueIds, ...log.noticeIds, ...queued.slice(0, mostEntries)])]
    if (ids.length === 0) return { entry: null, why: '' }
    const said = await host.script(removeScript(ids, messageId, config), { signal })
    const touched = [...said.matchAll(/^(removed|left) (\w+)$/gm)].map(([, what, id]) => ({ what, id }))
    const left = touched.filter(({ what }) => what === 'left').map(({ id }) => id)
    return {
      entry: entries.find((entry) => touched.some(({ id }) => id === entry.queueId)) ?? null,
      why: left.length === 0 ? '' : `The message lies in the queue of ${host.name} still, as ${left.join(', ')}.`,
    }
  } catch (error) {
    return { entry: null, why: `Whether the message is out of the queue again is not known: ${sentenceOf(error)}` }
  }
}
