import { spanText } from './figures'
import { type Measure, type Measured, work } from './measures'
import type { Movement } from './movement'
import type { Row, Verdict } from './row'

/** A change of less than this is no change: from one day to the next a server does that by itself. */
const FEWER = 0.8
const MORE = 1.25

export interface Periods {
  /** Null where nothing is known of the time before, or too little of it. */
  before: Movement | null
  after: Movement
}

/** One measure before and after, with its sentence. */
export function counterRow(measure: Measure, { before, after }: Periods): Row {
  const [was, is] = [before && measure.of(before), measure.of(after)]
  const base = { id: measure.id, label: measure.label, before: was?.text ?? null, after: is?.text ?? null }
  if (!is)
    return { ...base, verdict: 'not-known', sentence: 'The server has no such counter, or it counted too little.' }
  if (!was)
    return {
      ...base,
      verdict: 'not-known',
      sentence: `${is.text} in ${spanText(is.seconds)} since; how it was before is not known.`,
    }
  const figures = `${was.text} before, in ${spanText(was.seconds)}; ${is.text} since, in ${spanText(is.seconds)}`
  const { verdict, why } = judge(measure, was, is, workOf({ before, after }))
  return { ...base, verdict, sentence: `${figures}: ${why}.` }
}

/** How much was asked of the server, for whoever reads the rest. */
export function workRow({ before, after }: Periods): Row {
  const [was, is] = [before && work.of(before), work.of(after)]
  const ratio = workOf({ before, after })
  const sentence =
    ratio === null
      ? 'How much work there was before, or is since, is not known.'
      : ratio > MORE
        ? 'There was more work since.'
        : ratio < FEWER
          ? 'There was less work since.'
          : 'There was about as much work.'
  return {
    ...{ id: work.id, label: work.label, before: was?.text ?? null, after: is?.text ?? null, sentence },
    verdict: ratio === null ? 'not-known' : 'same',
  }
}

/** The work since for one part of the work before; null where either is not known. */
function workOf({ before, after }: Periods): number | null {
  const [was, is] = [before && work.of(before), work.of(after)]
  return was && is && was.value > 0 ? is.value / was.value : null
}

function judge(
  { floor, followsWork }: Measure,
  was: Measured,
  is: Measured,
  workRatio: number | null,
): { verdict: Verdict; why: string } {
  if (was.value < floor && is.value < floor) return { verdict: 'same', why: 'too few to matter' }
  const moved = directionOf(was.value, is.value)
  if (moved === 'same') return { verdict: 'same', why: 'about as before' }
  const words = { better: 'fewer', worse: 'more' }[moved]
  // With twice the work twice as many are no fault of a setting, and half with half no merit.
  const forWork = followsWork && workRatio !== null ? directionOf(was.value * workRatio, is.value) : moved
  if (forWork === moved) return { verdict: moved, why: words }
  const than = moved === 'worse' ? 'more' : 'less'
  return { verdict: 'same', why: `${words}, as there was ${than} work` }
}

function directionOf(was: number, is: number): 'better' | 'same' | 'worse' {
  if (is <= was * FEWER) return is === was ? 'same' : 'better'
  return is >= was * MORE ? 'worse' : 'same'
}
