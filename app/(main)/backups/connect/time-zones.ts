/** The names of time zones that are offered; others that exist may be typed. */
export function timeZones(): string[] {
  return [...new Set(['Etc/UTC', ...Intl.supportedValuesOf('timeZone')])]
}
