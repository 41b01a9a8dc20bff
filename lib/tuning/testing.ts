import type { LookAgain } from '@/lib/agent'
import { type FileFacts, fileAgent } from '@/lib/changes/testing/file-agent'

const hour = 3_600_000

interface FileWish {
  text: string
  secrets: string[]
}

const lookAgain: LookAgain<FileFacts, FileWish> = {
  samples: ({ text }) => (text === null ? [] : [{ subject: 'file', data: { length: text.length } }]),
  subjectOf: ({ text }) => (text === 'unwatched' ? null : 'file'),
  look({ desired, endedAt, samples }) {
    const ready = samples.find(({ at }) => at >= endedAt + 24 * hour)
    if (!ready) return null
    const isGood = desired.text !== 'bad'
    const title = `The file ${isGood ? 'held' : 'did not hold'}`
    return { title, evidence: JSON.stringify(samples.map(({ data }) => data)), isGood, readyAt: ready.at }
  },
}

/** An agent that looks again at its file: how long its text was, once one sample is a day younger than the change. */
export function lookingAgent(id: string) {
  return { ...fileAgent(id, `/etc/${id}`), lookAgain }
}
