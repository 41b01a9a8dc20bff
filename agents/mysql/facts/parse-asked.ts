import type { RawReading } from '@/lib/agent'
import { doorOfBranch } from '../account/place'
import type { Asked } from './match-servers'
import { notTold, parseSaid } from './parse-said'
import { sameRun } from './parse-sockets'

/**
 * What became of asking one socket. Null where no server is behind it; a server that refuses or does not answer is told with
 * its own sentence, and never as nothing.
 *
 * `listening`: paths of Unix sockets that listen, null when that was not told.
 */
export function parseAsked(socket: string, reading: RawReading, listening: readonly string[] | null): Asked | null {
  const isThere = listening?.some((path) => sameRun(path) === sameRun(socket)) ?? null
  // Without a client nothing was asked: whether there is a server is the kernel's word alone.
  if (reading.state === 'not-read') return isThere ? { socket, said: notTold(reading.why, reading.detail) } : null
  if (reading.kind !== 'text') return null
  if (reading.text !== '') {
    const said = parseSaid(reading.text, doorOfBranch(socket, reading.branch))
    const isCut = reading.truncated && said.state === 'not-read'
    return { socket, said: isCut ? notTold('cut-off', 'the server said more than is taken') : said }
  }
  const sentence = sentenceOf(reading)
  // CR_CONNECTION_ERROR with "no such file" and "connection refused": a socket that a server has left behind.
  if (/\b2002\b.*\((?:2|111)(?: "[^"]*")?\)/.test(sentence ?? '')) return null
  if (sentence === null && !isThere) return null
  const isDenied = /ERROR (?:1044|1045|1698|1130|1227|1862|1820)\b|access denied|\b2002\b.*\(13\)/i.test(sentence ?? '')
  const detail = sentence ?? `the client ended with ${reading.exitCode} and its words were not kept`
  return { socket, said: notTold(isDenied ? 'denied' : 'failed', detail) }
}

/** What a command that failed said on standard error, where the reading keeps it. The last of its lines is the cause. */
function sentenceOf(reading: RawReading): string | null {
  const said = 'complaint' in reading && typeof reading.complaint === 'string' ? reading.complaint : ''
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  return lines.findLast((line) => /ERROR \d/.test(line)) ?? lines.at(-1) ?? null
}
