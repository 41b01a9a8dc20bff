import { findByPrefix, findVariable, isOfUse, parseSize, ruleFor } from '../variables'
import type { ProposalInput, Setting } from './input'

/** What the rules look at. */
export interface Context {
  input: ProposalInput
  /** "MySQL 8.0", "MariaDB 10.11". */
  label: string
  /** The budget in bytes. */
  budget: number
  /** Whether this version has the variable and does something with it. */
  has(name: string): boolean
  /** What the running server says; null where it says nothing. */
  today(name: string): string | null
  /** What option files set, the last one that is read; null where none does. */
  set(name: string): Setting | null
  /** A counter, once there is a day of evidence; null before, and where the server has no such counter. */
  counter(name: string): number | null
  /** Bytes of the tables of one engine; null where they are not known. */
  engine(name: string): { data: number; index: number } | null
  /** Whether nothing that takes memory may grow. */
  isShort: boolean
}

const day = 86_400

/** What took their place means another thing: seconds for days, a switch for the path of a file. */
const withOtherValues = ['expire_logs_days', 'log_slow_queries']

export function contextOf(input: ProposalInput): Context {
  const { version, today, status, engines } = input
  const counted = status !== null && input.uptimeSeconds !== null && input.uptimeSeconds >= day
  const settings = new Map<string, Setting>()
  for (const setting of input.settings) {
    const name = normalName(setting.name)
    if (name !== null) settings.set(currentName(name, input), setting)
  }
  return {
    input,
    label: labelOf(input),
    budget: input.budgetBytes,
    has: (name) => isOfUse(ruleFor(name, version)),
    today: (name) => today[name] ?? null,
    set: (name) => settings.get(name) ?? null,
    counter(name) {
      const text = counted ? status[name] : undefined
      return text === undefined ? null : parseSize(text)
    },
    engine(name) {
      if (engines === null) return null
      const found = engines.filter(({ engine }) => engine.toLowerCase() === name.toLowerCase())
      return {
        data: found.reduce((sum, { dataBytes }) => sum + dataBytes, 0),
        index: found.reduce((sum, { indexBytes }) => sum + indexBytes, 0),
      }
    },
    isShort: whyShort(input) !== null,
  }
}

export function labelOf({ version }: ProposalInput): string {
  return `${version.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version.numbers[0]}.${version.numbers[1]}`
}

/** The full name that a setting's name stands for; null where the table has no such variable. */
export function normalName(name: string): string | null {
  return (findVariable(name) ?? findByPrefix(name))?.name ?? null
}

/** The name that this version has for it: `table_open_cache` of `table_cache` where both are known. */
export function currentName(name: string, { version }: ProposalInput): string {
  const replaced = ruleFor(name, version)?.replacedBy ?? null
  if (replaced === null || withOtherValues.includes(name)) return name
  return ruleFor(replaced, version)?.isKnown ? replaced : name
}

/** Why the machine has no memory to give, in a sentence; null where it has. */
export function whyShort({ machine }: ProposalInput): string | null {
  const mega = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`
  // The kernel swaps out a little that nobody misses; a fiftieth of the memory is more than that.
  if (machine.swapUsed > machine.memTotal / 50) return `${mega(machine.swapUsed)} of swap are in use`
  if (machine.memAvailable < machine.memTotal / 10) return `only ${mega(machine.memAvailable)} of memory are available`
  if ((machine.pressure ?? 0) >= 10) return `processes waited for memory ${machine.pressure} % of the last 5 minutes`
  return null
}
