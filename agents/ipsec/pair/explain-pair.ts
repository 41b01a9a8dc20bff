import { judgePair, type PairProof, pairProofs } from '../facts/judge-pair'
import type { PairSide } from '../matrix/asked-pairs'
import { proofWords } from '../matrix/proof-words'
import { causeOf, type EndSeen, type Ends, type Told } from './causes'

/** What the evidence amounts to: a title, and why. */
export interface Explanation {
  status: 'ok' | 'warn' | 'bad' | 'unknown'
  title: string
  why: string
}

/**
 * One sentence on what both ends' words come to, where that is clear; else which proofs fail. What rests on another thing
 * is asked after it: without an SA no packet can pass, whatever else is wrong.
 */
export function explainPair(side: PairSide | null, ends: Ends): Explanation {
  const [here, there] = ends
  const unread = ends.filter(({ seen }) => seen === null)
  if (side === null)
    return {
      status: 'unknown',
      title: 'What this pair is measured by is not known',
      why: whyUnread(ends.filter(({ problem }) => problem !== null)) || 'The devices of one host were not read.',
    }
  if (unread.length === 2) return { status: 'unknown', title: 'Neither end was read', why: whyUnread(unread) }
  const { proofs, verdict } = judgePair(side, here.seen, there.seen)
  if (verdict === 'yes') return fine(side, ends)
  const failed = pairProofs.filter((proof) => proofs[proof] === 'no')
  const found = failed.length > 0 ? (causeOf(ends, failed) ?? theseFail(failed)) : null
  if (found) return { status: 'bad', ...found, why: [found.why, whyUnread(unread)].filter(Boolean).join(' ') }
  const untold = pairProofs.filter((proof) => proofs[proof] === 'unknown')
  return {
    status: 'unknown',
    title: unread[0] ? `${unread[0].name} was not read` : 'Not all proofs could be read',
    why: whyUnread(unread) || `Not told: ${titles(untold)}.`,
  }
}

function fine({ suite }: PairSide, [here, there]: Ends): Explanation {
  const both = `${here.name} and ${there.name} say the same of every proof.`
  return suite.id === 'compatible'
    ? { status: 'warn', title: 'All proofs hold, by a suite for older daemons', why: `${both} It is ${suite.title}.` }
    : { status: 'ok', title: 'All proofs hold', why: both }
}

function whyUnread(unread: readonly EndSeen[]): string {
  return unread
    .map(({ name, problem }) => `${name} was not read: ${problem ?? 'it did not tell of this pair'}`)
    .join(' ')
}

function theseFail(failed: readonly PairProof[]): Told {
  return {
    title: failed.length === 1 ? 'One proof fails' : 'These proofs fail',
    why: `${titles(failed)}. What both ends say stands below.`,
  }
}

function titles(proofs: readonly PairProof[]): string {
  return proofs.map((proof) => proofWords[proof].title).join(', ')
}
