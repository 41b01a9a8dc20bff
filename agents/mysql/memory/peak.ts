import { parseSize } from '../variables/size'
import { isOfUse, ruleFor } from '../variables/variable-rule'
import type { ServerVersion } from '../version'
import type { Lookup, Part } from './term'
import { terms } from './terms'

/** By normal name; as `SHOW GLOBAL VARIABLES` or an option file says them. */
export type Values = Readonly<Record<string, string>>

export interface Peak {
  /** Bytes. */
  total: number
  /** The parts that are not empty, in the order of the bar; they sum up to the total. */
  parts: readonly Part[]
  assumptions: readonly string[]
}

/** Where the server computes a default itself, what it comes to at most on small hardware. */
const computed: Readonly<Record<string, number>> = {
  table_definition_cache: 2000,
  // MySQL 8.4 takes 3 % of the memory, and at least 1 GB (MySQL 8.4 Reference Manual, temptable_max_ram).
  temptable_max_ram: 2 ** 30,
}

/**
 * The most memory that a server takes when all its connections come and do the worst that the assumptions say. It is meant to stay
 * above what the kernel measures as VmHWM. What `values` does not say has the version's own default; what the version does
 * not know counts nothing.
 */
export function peakOf(values: Values, version: ServerVersion): Peak {
  const look = lookup(values, version)
  const parts = terms.map((term) => ({ id: term.id, label: term.label, ...term.count(look) }))
  return {
    total: parts.reduce((sum, part) => sum + part.bytes, 0),
    parts: parts.filter((part) => part.bytes > 0),
    assumptions: terms.filter((_, place) => (parts[place]?.bytes ?? 0) > 0).map((term) => term.assumption),
  }
}

function lookup(values: Values, version: ServerVersion): Lookup {
  const has = (name: string) => isOfUse(ruleFor(name, version))
  const said = (name: string) => values[name] ?? ruleFor(name, version)?.default ?? null
  return {
    version,
    has,
    number(name) {
      if (!has(name)) return 0
      const text = said(name)
      const number = text === null ? null : parseSize(text)
      if (number === null || number < 0) return computed[name] ?? 0
      // The server itself raises what is too low, with a warning.
      return Math.max(number, ruleFor(name, version)?.min ?? 0)
    },
    isOn(name) {
      if (!has(name)) return false
      const text = said(name)?.toLowerCase() ?? ''
      return !['', '0', 'off', 'false', 'no'].includes(text)
    },
  }
}
