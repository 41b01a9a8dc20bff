import { z } from 'zod'
import type { Found, NotRead, RawReading } from '@/lib/agent'

const whys = ['absent', 'denied', 'timed-out', 'failed', 'no-program', 'cut-off'] as const satisfies readonly NotRead[]

/** The stored form of `Found`: a value, or why there is none. */
export function foundSchema<Schema extends z.ZodType>(value: Schema) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('read'), value }),
    z.object({ state: z.literal('not-read'), why: z.enum(whys), detail: z.string() }),
  ])
}

export function found<T>(value: T): Found<T> {
  return { state: 'read', value }
}

export function missing<T>(why: NotRead, detail: string): Found<T> {
  return { state: 'not-read', why, detail }
}

/** The text of a reading, or null when it was not read (or is no text). */
export function textOf(raw: RawReading): string | null {
  return raw.state === 'read' && raw.kind === 'text' ? raw.text : null
}

/** The texts by path; empty when it was not read. Only for readings whose absence means what emptiness means. */
export function textsOf(raw: RawReading): ReadonlyMap<string, string> {
  return raw.state === 'read' && raw.kind === 'by-path' ? raw.byPath : new Map()
}

/** Why a reading has no value, for a fact that rests on it alone. */
export function whyNot<T>(raw: RawReading): Found<T> {
  return raw.state === 'not-read' ? raw : missing('failed', 'the host answered in a form that is not understood')
}

/** One line of a host's text, bounded: facts are stored and shown in tables. */
export function clip(text: string, length = 256): string {
  const line = text.trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}

export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/** A finite number, or null. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
