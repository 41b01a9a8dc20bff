import type { Plan } from '@/lib/agent'
import { endingText } from './outcome'
import { checkIn, stepsOn } from './plan-index'

/** A line of the journal as the store has it. */
export interface StoredLine {
  id: number
  at: Date
  hostId: string | null
  hostName: string | null
  kind: string
  stepId: string | null
  text: string
}

/** What a line tells: a step that is done, runs or failed; a warning; a note; a host's own output. */
export type LineKind = 'done' | 'running' | 'failed' | 'warn' | 'note' | 'output'

/** A line as the screen shows it. Lines of kind `output` are a host's words: quoted, indented, plain. */
export interface ShownLine {
  id: number
  at: string
  host: string
  kind: LineKind
  text: string
  /** What the line is about on its host: a later line about the same takes the place of a `running` one. */
  about: string | null
}

/** Puts the journal's words into sentences, with the titles of the plan's steps and checks. */
export function showLine(line: StoredLine, plan: Plan): ShownLine {
  const title = titleOf(line, plan)
  const [kind, text] = wording(line, title)
  return {
    id: line.id,
    at: line.at.toISOString(),
    host: line.hostName ?? 'all',
    kind,
    text,
    about: line.stepId === null || line.kind === 'out' ? null : `${line.hostId} ${line.stepId}`,
  }
}

function wording(line: StoredLine, title: string): [LineKind, string] {
  switch (line.kind) {
    case 'out':
      return ['output', line.text]
    case 'begin':
      return ['note', 'the host runs it by itself from here on']
    case 'start':
      return ['running', title]
    case 'done':
      return ['done', `${title}: done`]
    case 'failed':
      return ['failed', `${title}: failed, exit code ${line.text}`]
    case 'armed':
      return ['note', `armed: it takes all back by itself in ${line.text} s, unless it is confirmed`]
    case 'phase':
      return ['note', `phase ${line.text} is done here`]
    case 'proved':
      return ['note', 'proved here; it stands as soon as every host has proved it']
    case 'waits':
      return ['warn', `${title}: waits. ${line.text}`]
    case 'checks':
      return ['note', 'all steps are done; looking for the proof']
    case 'check':
      return checkWording(line.text, title)
    case 'undo':
      return ['warn', `taking everything back: ${line.text}`]
    case 'undoing':
      return ['running', `taking back: ${title}`]
    case 'undone':
      return ['done', `taken back: ${title}`]
    case 'undo-failed':
      return ['failed', `could not be taken back: ${title}`]
    case 'not-as-before':
      return ['failed', `not as it was before: ${title}`]
    case 'not-standing':
      return ['failed', `did not stay: ${title}`]
    case 'end':
      return [line.text === 'applied' ? 'done' : 'warn', `ended on the host: ${endingText(line.text)}`]
    case 'locked':
      return ['warn', line.text]
    case 'outcome':
      return [line.text === 'applied' ? 'done' : 'warn', `the change ended: ${endingText(line.text)}`]
    default:
      return ['note', line.text]
  }
}

function checkWording(text: string, title: string): [LineKind, string] {
  const [verdict, ...seen] = text.split(' ')
  if (verdict === 'yes') return ['done', `${title}: ${seen.join(' ')}`]
  if (verdict === 'no') return ['failed', `${title}: no, seen ${seen.join(' ')}`]
  return ['warn', `${title}: could not be read`]
}

function titleOf({ kind, hostId, stepId }: StoredLine, plan: Plan): string {
  if (stepId === null) return ''
  if (kind === 'check') return checkIn(plan, stepId)?.title ?? stepId
  const placed = hostId === null ? undefined : stepsOn(plan, hostId)[Number(stepId) - 1]
  return placed ? `${stepId} ${placed.step.title}` : stepId
}

/** Without the `running` lines whose step has gone on since: what runs is what still runs. */
export function settledLines<Line extends { kind: LineKind; about: string | null }>(lines: readonly Line[]): Line[] {
  const last = new Map(lines.map((line, at) => [line.about, at]))
  return lines.filter((line, at) => line.kind !== 'running' || last.get(line.about) === at)
}
