/** IPv4 addresses from the first to the last, as numbers. */
export interface Range {
  first: number
  last: number
}

/** An address of IPv4 with its prefix; null for anything else. Of many thousands, so without what an address of either family takes. */
function parseIpv4(text: string): { number: number; prefix: number } | null {
  const [address = '', bits = '32', ...more] = text.split('/')
  const parts = address.split('.')
  if (parts.length !== 4 || more.length > 0 || !isBelow(bits, 33)) return null
  let number = 0
  for (const part of parts) {
    if (!isBelow(part, 256)) return null
    number = number * 256 + Number(part)
  }
  return { number, prefix: Number(bits) }
}

function isBelow(text: string, limit: number): boolean {
  return /^(0|[1-9]\d{0,2})$/.test(text) && Number(text) < limit
}

/** 10.9.0.1 as a number; null for what is no IPv4 address. */
export function numberOf(address: string): number | null {
  return parseIpv4(address)?.number ?? null
}

/** The address of a number. */
export function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** What a net such as "10.9.0.5/24" covers; null for what is no net of IPv4. */
export function rangeOf(net: string): Range | null {
  const parsed = parseIpv4(net)
  if (!parsed) return null
  const size = 2 ** (32 - parsed.prefix)
  const first = Math.floor(parsed.number / size) * size
  return { first, last: first + size - 1 }
}

/** "10.9.0.0/24" of a net that is named by any of its addresses; the text itself where it is none. */
export function netOf(text: string): string {
  const [range, parsed] = [rangeOf(text), parseIpv4(text)]
  return range && parsed ? `${addressOf(range.first)}/${parsed.prefix}` : text
}

/** Whether two ranges share an address. */
export function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last
}

/** Ranges in order, those that touch as one. */
export function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = []
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const end = all.at(-1)
    if (end && first <= end.last + 1) end.last = Math.max(end.last, last)
    else all.push({ first, last })
  }
  return all
}

/** The one of merged ranges that shares an address with this one; null where none does. */
export function overlapIn(ranges: readonly Range[], range: Range): Range | null {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.last ?? 0) < range.first) low = middle + 1
    else high = middle
  }
  const found = ranges[low]
  return found && overlaps(found, range) ? found : null
}
