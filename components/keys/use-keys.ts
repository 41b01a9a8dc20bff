'use client'

import { useEffect, useRef } from 'react'
import { matchKeys } from './match-keys'

export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>

const sequenceMs = 1200

/** All bindings on the page, the newest last. One listener for all, so that "g h" is not also taken for "h". */
const registered: { current: KeyBindings }[] = []
let pending: { key: string; since: number } | null = null

/**
 * Binds keys while the component is on the page: "j", "?", "Enter", sequences "g h", chords "Mod+k".
 * The newest binding of a combination wins. See `matchKeys` for when keys do not count.
 */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (registered.length === 0) listen(true)
    registered.push(latest)
    return () => {
      registered.splice(registered.indexOf(latest), 1)
      if (registered.length === 0) listen(false)
    }
  }, [])
}

/** While keys are heard the page says so (`data-keys`): before it has come to life it would swallow them. */
function listen(isOn: boolean): void {
  document.documentElement.toggleAttribute('data-keys', isOn)
  if (isOn) window.addEventListener('keydown', dispatch)
  else window.removeEventListener('keydown', dispatch)
}

function dispatch(event: KeyboardEvent): void {
  const bound = new Set(registered.flatMap((entry) => Object.keys(entry.current)))
  const alive = pending && event.timeStamp - pending.since < sequenceMs ? pending.key : null
  const match = matchKeys(event, alive, bound)
  pending = match.pending === null ? null : { key: match.pending, since: event.timeStamp }
  if (match.combination === null) return
  const { combination } = match
  const owner = registered.findLast((entry) => combination in entry.current)
  event.preventDefault()
  owner?.current[combination]?.(event)
}
