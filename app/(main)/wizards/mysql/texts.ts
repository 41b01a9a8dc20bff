/** Bytes in the unit that memory is counted in: "256 MB" is 256 × 1024². */
export function bytesText(bytes: number): string {
  const mega = bytes / 2 ** 20
  if (mega >= 10_000) return `${Math.round(mega / 1024)} GB`
  if (mega >= 1024) return `${(mega / 1024).toFixed(1)} GB`
  return mega >= 10
    ? `${Math.round(mega)} MB`
    : mega >= 0.1
      ? `${mega.toFixed(1)} MB`
      : `${Math.round(bytes / 1024)} KB`
}

/** "3 d", "5 h", "12 min" */
export function spanText(seconds: number): string {
  if (seconds >= 2 * 86_400) return `${Math.floor(seconds / 86_400)} d`
  return seconds >= 2 * 3600 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 60)} min`
}
