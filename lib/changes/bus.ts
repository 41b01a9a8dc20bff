import { EventEmitter } from 'node:events'
import { single } from '@/lib/config/single'

/** Tells whoever watches a change that its record grew. The record itself is read from the store. */
export function changeGrew(changeId: number): void {
  bus().emit(String(changeId))
}

/** Calls `seen` whenever the change's record grew, until the returned function is called. */
export function watchChange(changeId: number, seen: () => void): () => void {
  bus().on(String(changeId), seen)
  return () => bus().off(String(changeId), seen)
}

function bus(): EventEmitter {
  return single('change-bus', () => new EventEmitter().setMaxListeners(0))
}
