import { sayExactSpan } from '@/lib/catalog/rules/say'

/** A configured time, such as a retention; what is not known says so. */
export function Span({ seconds, zero = 'none' }: { seconds: number | null; zero?: string }) {
  if (seconds === null) return <span className="text-text-3">unknown</span>
  return <span className="nowrap">{seconds === 0 ? zero : sayExactSpan(seconds)}</span>
}
