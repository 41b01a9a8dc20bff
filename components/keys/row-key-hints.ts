import type { KeyHint } from '../frame/keys-bar'

/** The keys of a page whose rows open. */
export const rowKeyHints: readonly KeyHint[] = [
  { keys: ['J', 'K'], does: 'move' },
  { keys: ['Enter'], does: 'open' },
]
