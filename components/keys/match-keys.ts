/** What of a keyboard event decides; a real KeyboardEvent fits. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  defaultPrevented: boolean
  target: unknown
}

export interface KeyMatch {
  /** The combination that is complete now, as it was bound: "j", "g h", "Mod+k". */
  combination: string | null
  /** The first key of a sequence that goes on. */
  pending: string | null
}

/**
 * Tells which of the bound combinations a press completes. Single keys and sequences never count while someone
 * types, in a dialog or menu, or with a modifier; a chord ("Mod+k": Ctrl, or Cmd on a Mac) types nothing and counts there too.
 */
export function matchKeys(press: Press, pending: string | null, bound: ReadonlySet<string>): KeyMatch {
  const none = { combination: null, pending: null }
  if (press.isComposing || press.defaultPrevented || press.altKey) return none
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (press.ctrlKey || press.metaKey) {
    const chord = `Mod+${key}`
    return bound.has(chord) ? { combination: chord, pending: null } : none
  }
  if (isElsewhere(press.target, key)) return none
  const sequence = pending === null ? null : `${pending} ${key}`
  if (sequence && bound.has(sequence)) return { combination: sequence, pending: null }
  if (bound.has(key)) return { combination: key, pending: null }
  const begins = [...bound].some((combination) => combination.startsWith(`${key} `))
  return begins ? { combination: null, pending: key } : none
}

const typedInto = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const ownKeys = '[role="dialog"], [role="menu"], [role="listbox"]'
const pressedByEnter = 'a, button, summary, [role="button"]'

/** A checkbox and a radio take no letters, so J and K still move when one has the focus. */
const takesNoLetters = 'input[type="checkbox"], input[type="radio"], input[type="button"], input[type="submit"]'

function isElsewhere(target: unknown, key: string): boolean {
  if (!hasClosest(target)) return false
  if (target.closest(ownKeys)) return true
  if (target.closest(typedInto) && !target.closest(takesNoLetters)) return true
  return (key === 'Enter' || key === ' ') && target.closest(`${pressedByEnter}, input`) !== null
}

function hasClosest(target: unknown): target is { closest(selector: string): unknown } {
  return typeof target === 'object' && target !== null && 'closest' in target && typeof target.closest === 'function'
}
