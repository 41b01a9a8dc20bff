/** Whether tests are left out; says why, once. */
export function skipReason(reason: string | null): boolean {
  if (reason !== null) console.warn(`skipped: ${reason}`)
  return reason !== null
}
