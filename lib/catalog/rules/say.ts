import { offsetAt } from './local-time'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const steps = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** An instant for a sentence, in the catalog's zone: "7 Nov 2026 23:05". */
export function sayTime(at: number, zone: string): string {
  const local = new Date(at + offsetAt(at, zone))
  const clock = local.toISOString().slice(11, 16)
  return `${local.getUTCDate()} ${months[local.getUTCMonth()]} ${local.getUTCFullYear()} ${clock}`
}

/** A configured time, exactly: "360 days", "36 hours". Seconds in. */
export function sayExactSpan(seconds: number): string {
  const [name, size] = steps.find(([, step]) => seconds >= step && seconds % step === 0) ?? ['second', 1]
  return count(seconds / size, name)
}

/** A measured time, roughly: "13 days", "1.5 days", "40 minutes". Seconds in; the sign is left out. */
export function saySpan(seconds: number): string {
  const span = Math.abs(seconds)
  const [name, size] = steps.find(([, step]) => span >= step) ?? ['second', 1]
  const value = span / size
  return count(name === 'day' && value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value), name)
}

// Kept, as making one takes longer than the rest of a sentence.
const numbers = new Intl.NumberFormat('en-US')

/** "1 job", "3 jobs". */
export function count(number: number, noun: string): string {
  return `${numbers.format(number)} ${noun}${number === 1 ? '' : 's'}`
}
