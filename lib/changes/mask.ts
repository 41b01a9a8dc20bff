import type { Plan } from '@/lib/agent'

/** What stands where a secret was. */
export const masked = '••••••'

/** The same as the bytes of a file, in latin1. */
export const maskedBytes = Buffer.from(masked, 'utf8').toString('latin1')

/** The text without these secrets, whether it holds them as text or as a file's bytes (latin1, one char a byte). */
export function maskText(text: string, secrets: readonly string[]): string {
  return formsOf(secrets).reduce((left, secret) => left.replaceAll(secret, masked), text)
}

/** The plan as it may be shown: every text in it without its secrets. File contents stay bytes in latin1. */
export function maskPlan(plan: Plan): Plan {
  const secrets = plan.secrets ?? []
  if (secrets.length === 0) return plan
  // As bytes too, because files' contents are decoded only when they are shown.
  return { ...replaceSecrets(plan, secrets, (_, key) => (key === 'bytes' ? maskedBytes : masked)), secrets: [] }
}

/** A copy of plain JSON in which each secret, wherever it stands in a text, is replaced; `key` is the name of the text's field. */
export function replaceSecrets<T>(
  value: T,
  secrets: readonly string[],
  replacement: (secret: string, key: string) => string,
): T {
  const forms = formsOf(secrets)
  const walk = (each: unknown, key: string): unknown => {
    if (typeof each === 'string')
      return forms.reduce((left, form) => left.replaceAll(form, () => replacement(form, key)), each)
    if (Array.isArray(each)) return each.map((one) => walk(one, key))
    if (each === null || typeof each !== 'object') return each
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walk(inner, name)]))
  }
  // The walk keeps every shape and changes strings only.
  return walk(value, '') as T
}

/**
 * How a secret may stand in a text: as it is, as bytes, and as either within JSON. Longest first, so that a secret which
 * holds another goes as a whole.
 */
function formsOf(secrets: readonly string[]): string[] {
  const plain = secrets.flatMap((secret) => [secret, Buffer.from(secret, 'utf8').toString('latin1')])
  const forms = plain.flatMap((form) => [form, JSON.stringify(form).slice(1, -1)])
  return [...new Set(forms)].filter((form) => form !== '').toSorted((a, b) => b.length - a.length)
}
