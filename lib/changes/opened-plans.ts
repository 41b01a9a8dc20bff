import { single } from '@/lib/config/single'

/** So many bytes of sealed plans are kept opened; the last one is, however large it is. */
const mostBytes = 32 * 2 ** 20

interface Opened {
  bytes: number
  value: unknown
}

/**
 * What `open` makes of a sealed text, made once as long as it is asked for now and then: the mesh of fifty hosts is a plan of
 * 11 MB, and pages ask for it whole. `open` says whether what it made may stay in memory. What stays is frozen.
 */
export function openedOnce<T>(sealed: Uint8Array, open: () => { value: T; mayStay: boolean }): T {
  // A nonce and a tag are drawn anew each time that something is sealed.
  const key = Buffer.from(sealed.subarray(0, 29)).toString('base64')
  const opened = openedPlans()
  const known = opened.get(key)
  if (known) {
    // The first keys are those that were asked for longest ago.
    opened.delete(key)
    opened.set(key, known)
    return known.value as T
  }
  const { value, mayStay } = open()
  if (!mayStay) return value
  opened.set(key, { bytes: sealed.length, value: freeze(value) })
  let bytes = [...opened.values()].reduce((sum, each) => sum + each.bytes, 0)
  for (const [oldest, each] of opened) {
    if (bytes <= mostBytes || opened.size === 1) break
    opened.delete(oldest)
    bytes -= each.bytes
  }
  return value
}

function openedPlans(): Map<string, Opened> {
  return single('opened-plans', () => new Map<string, Opened>())
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  for (const each of Object.values(value)) freeze(each)
  return Object.freeze(value)
}
