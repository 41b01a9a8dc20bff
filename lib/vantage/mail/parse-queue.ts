import { inert } from '../inert'

/** A message that lies in the queue. */
export interface QueueEntry {
  queueId: string
  /** Why it still lies there; null when nothing was tried yet. */
  reason: string | null
  recipients: readonly string[]
}

/** Understands what postqueue(1) -p prints. */
export function parseQueue(text: string): QueueEntry[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith('-'))
    const queueId = /^([0-9A-Za-z]{5,20})[*!#]? /.exec(lines[0] ?? '')?.[1]
    if (queueId === undefined) return []
    // Each recipient stands below its reason, and one reason may stand for several.
    const reason = /^\s*\((.*)\)$/.exec(lines[1] ?? '')?.[1]
    const recipients = lines.slice(1).filter((line) => /^ {10,}\S+$/.test(line))
    return [
      { queueId, reason: reason === undefined ? null : inert(reason), recipients: recipients.map((r) => r.trim()) },
    ]
  })
}
