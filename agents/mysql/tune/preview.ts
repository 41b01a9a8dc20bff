import type { TuningAim } from '../desired'
import { type Part, peakOf } from '../memory'
import { type Proposal, type ProposedValue, propose } from '../propose'
import { valuesBeside } from '../propose/propose'
import { ruleFor } from '../variables'
import { whyNotTaken } from './shown-value'
import type { TuningSituation } from './situation'

/** One line of the wizard's table. */
export interface PreviewRow {
  name: string
  /** What the server or its files say today; null where neither does. */
  from: string | null
  /** What Pollux's file will say; null where it says nothing. */
  to: string | null
  /** What is proposed; null where the value is best left out. */
  proposed: string | null
  reason: string
  evidence: string | null
  isDynamic: boolean
  source: string
  isLoose: boolean
  isKept: boolean
  isEdited: boolean
  /** Why the value cannot be had; null where it can. */
  problem: string | null
}

export interface TuningPreview {
  rows: readonly PreviewRow[]
  parts: readonly Part[]
  totalBytes: number
  isWithin: boolean
  assumptions: readonly string[]
  warnings: Proposal['warnings']
  refusals: readonly string[]
}

/** Edited values by name: a text, or null where the value is to be left out of the file. */
export type Edited = Readonly<Record<string, string | null>>

/**
 * The proposal for what was chosen, with what a person wrote over it, and the memory that comes of both. Pure: the same
 * situation and choice give the same.
 */
export function previewTuning(situation: TuningSituation, aim: TuningAim, edited: Edited): TuningPreview {
  const input = { ...situation, ...aim }
  const proposal = propose(input)
  const rows = proposal.values.map((value) => rowOf(value, situation, edited))
  const asked = Object.fromEntries(rows.flatMap(({ name, to }) => (to === null ? [] : [[name, to]])))
  const peak = peakOf({ ...valuesBeside(input), ...asked }, situation.version)
  const isWithin = peak.total <= aim.budgetBytes
  return {
    rows,
    parts: peak.parts,
    totalBytes: peak.total,
    isWithin,
    assumptions: peak.assumptions,
    warnings: proposal.warnings,
    refusals: proposal.refusals,
  }
}

function rowOf(value: ProposedValue, { version }: TuningSituation, edited: Edited): PreviewRow {
  const wrote = edited[value.name]
  const to = wrote === undefined ? value.to : wrote
  const rule = ruleFor(value.name, version)
  return {
    name: value.name,
    from: value.from,
    to,
    proposed: value.to,
    reason: value.reason,
    evidence: value.evidence,
    isDynamic: value.dynamic,
    source: value.source,
    isLoose: value.loose,
    isKept: value.kept && wrote === undefined,
    isEdited: wrote !== undefined && wrote !== value.to,
    problem: wrote === undefined || wrote === null || rule === null ? null : whyNotTaken(rule, wrote.trim()),
  }
}
