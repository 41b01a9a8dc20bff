/** "12", "3.4", "1,200": a number as a sentence says it. */
export function numberText(value: number): string {
  const places = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: places })
}

/** "212 MB", in 1024s, as sizes of memory are set. */
export function megabytesText(bytes: number): string {
  return bytes >= 10 * 2 ** 30 ? `${numberText(Math.round(bytes / 2 ** 30))} GB` : `${Math.round(bytes / 2 ** 20)} MB`
}

/** "40 minutes", "26 hours", "3 days" */
export function spanText(seconds: number): string {
  if (seconds < 2 * 3600) return counted(Math.floor(seconds / 60), 'minute')
  return seconds < 72 * 3600
    ? counted(Math.floor(seconds / 3600), 'hour')
    : counted(Math.floor(seconds / 86_400), 'day')
}

/** "26 November", on the clock of the machine that Pollux runs on. */
export function dayText(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at)
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
