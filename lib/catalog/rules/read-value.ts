/** Above it a stored number is a negative one that was written without its sign: 2^63. */
const wrapped = 2 ** 63

/**
 * A count or a size as a driver hands it over (number, bigint, digits); null where the catalog has none or an impossible
 * one: negative, wrapped around, not a number. Null is "unknown" on every screen, never zero. Above 2^53 (9 PB) the last
 * digits are rounded.
 */
export function readCount(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return null
  const number = Number(value)
  return Number.isFinite(number) && number >= 0 && number < wrapped ? number : null
}
