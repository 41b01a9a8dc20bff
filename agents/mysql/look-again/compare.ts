import type { TuningAim } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { findVariable, formatSize, parseSize } from '../variables'
import { megabytesText, numberText, spanText } from './figures'
import { measures, work } from './measures'
import { movementOf } from './movement'
import { sampleOf, type TimedSample } from './sample'

/** One of two servers. */
export interface Side {
  facts: MysqlFacts
  /** Its name among the host's servers. */
  server: string
  /** When that was read, in milliseconds since 1970. */
  at: number
  /** What it was tuned for; null where no tuning stands. */
  aim: TuningAim | null
}

export interface ComparedRow {
  label: string
  /** As words; null where it is not known, or the server has no such thing. */
  values: readonly [string | null, string | null]
  isDifferent: boolean
}

export interface Comparison {
  about: readonly ComparedRow[]
  values: readonly ComparedRow[]
  /** What each counted in an hour since its start. Different from twice as much on: no two servers count the same. */
  counters: readonly ComparedRow[]
}

const loads = { bacula: 'Bacula catalog', web: 'web application', general: 'general' } as const

/** Two servers side by side, each as it was read last. Pure. */
export function compareServers(sides: readonly [Side, Side]): Comparison {
  const samples = sides.map(timed)
  const names = [...new Set(samples.flatMap((sample) => Object.keys(sample?.variables ?? {})))].toSorted()
  return {
    about: [
      row('Version', sides, (_, at) => samples[at]?.version ?? null),
      row('Runs for', sides, (_, at) => mapped(samples[at]?.uptimeS, spanText), { isNeverDifferent: true }),
      row('Memory of the machine', sides, ({ facts }) => mapped(facts.machine.totalBytes, megabytesText)),
      row('Processors', sides, ({ facts }) => mapped(facts.machine.cores, String)),
      row('Architecture', sides, ({ facts }) => facts.machine.architecture),
      row('Budget', sides, ({ aim }) => mapped(aim?.budgetBytes, megabytesText)),
      row('Tuned for', sides, ({ aim }) => (aim ? loads[aim.load] : null)),
      row('Peak memory', sides, (_, at) => mapped(samples[at]?.peakRssBytes, megabytesText), {
        isNeverDifferent: true,
      }),
    ],
    values: names.map((name) => row(name, sides, (_, at) => valueText(name, samples[at]?.variables[name]))),
    counters: [work, ...measures].map((measure) => {
      const found = samples.map((sample) => (sample ? measure.of(movementOf([sample], 'its-start')) : null))
      const [one, other] = found
      const isDifferent = one && other ? isTwice(one.value, other.value) : false
      return { label: measure.label, values: [one?.text ?? null, other?.text ?? null], isDifferent }
    }),
  }
}

function timed({ facts, server: key, at }: Side): TimedSample | null {
  const server = facts.servers.find((one) => one.key === key)
  const sample = server ? sampleOf(server) : null
  return sample && { ...sample, at }
}

function row(
  label: string,
  sides: readonly [Side, Side],
  tell: (side: Side, at: 0 | 1) => string | null,
  { isNeverDifferent = false } = {},
): ComparedRow {
  const values = [tell(sides[0], 0), tell(sides[1], 1)] as const
  return { label, values, isDifferent: !isNeverDifferent && values[0] !== values[1] }
}

function mapped<T>(value: T | null | undefined, tell: (value: T) => string): string | null {
  return value === null || value === undefined ? null : tell(value)
}

/** Sizes as an option file says them: 33554432 is 32M. */
function valueText(name: string, value: string | undefined): string | null {
  if (value === undefined) return null
  const bytes = findVariable(name)?.kind === 'size' ? parseSize(value) : null
  if (bytes === null) return value
  return bytes > 0 && bytes % 1024 === 0 ? formatSize(bytes) : numberText(bytes)
}

function isTwice(one: number, other: number): boolean {
  const [less, more] = one < other ? [one, other] : [other, one]
  return more >= 2 * less && more - less >= 1
}
