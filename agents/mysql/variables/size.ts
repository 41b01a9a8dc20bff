const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

/**
 * The bytes (or the plain number) that a value of an option file or of `SHOW VARIABLES` says: `16k`, `6M`, `1G`, `-1`, `10.000000`.
 * Null for what is no number (MySQL Reference Manual, "Using Options to Set Program Variables": K, M, G and later T, of
 * either case; `SET` itself takes no suffix).
 */
export function parseSize(text: string): number | null {
  const found = /^\s*([+-]?\d+(?:\.\d+)?)([kmgt]?)\s*$/i.exec(text)
  if (!found) return null
  return Number(found[1]) * (units[(found[2] ?? '').toLowerCase()] ?? 1)
}

/** Bytes as an option file says them, exactly: 6291456 is `6M`, 102400 is `100K`, 1000 is `1000`. */
export function formatSize(bytes: number): string {
  for (const [suffix, unit] of [
    ['G', 2 ** 30],
    ['M', 2 ** 20],
    ['K', 2 ** 10],
  ] as const)
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit}${suffix}`
  return String(bytes)
}

/** Bytes for a sentence: whole megabytes, rounded up, so that what is needed is never said too low. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20)} MB`
}
