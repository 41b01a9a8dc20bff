import { single } from '@/lib/config/single'

const hidden = '[hidden]'
const secretKey =
  /^(authorization|cookie|set-cookie|.*(password|passwd|passphrase|secret|token|private_?key|sealed|credential_?value|api_?key).*)$/i
const deepest = 8

/** Keeps a secret's value out of the log until the returned function is called. Values under 6 characters are not looked for. */
export function registerSecret(value: string): () => void {
  if (value.length < 6) return () => {}
  const counts = secretCounts()
  counts.set(value, (counts.get(value) ?? 0) + 1)
  let isReleased = false
  return () => {
    if (isReleased) return
    isReleased = true
    const left = (counts.get(value) ?? 1) - 1
    if (left > 0) counts.set(value, left)
    else counts.delete(value)
  }
}

/** The line with every registered secret hidden, also where JSON or a URL wrote it in its own way. */
export function hideSecrets(line: string): string {
  let shown = line
  for (const value of secretCounts().keys())
    for (const form of new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]))
      shown = shown.replaceAll(form, hidden)
  return shown
}

/** A copy in which what stands under a secret's name is hidden, at any depth. Errors are left to their serializer. */
export function redactKeys(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`
  if (depth === deepest) return '[too deep]'
  if (Array.isArray(value)) return value.map((item) => redactKeys(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecret(key, inner) ? hidden : redactKeys(inner, depth + 1)]),
  )
}

function isSecret(key: string, value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean' && secretKey.test(key)
}

function secretCounts(): Map<string, number> {
  return single('log-secrets', () => new Map<string, number>())
}
