'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Kbd } from '../base/kbd'
import { useKeys } from '../keys/use-keys'

export interface KeyHint {
  /** As they stand on the keyboard: ["J", "K"], ["G", "H"], ["Ctrl ↵"]. */
  keys: readonly string[]
  /** What they do on this page, in a few words: "move". */
  does: string
}

const KeysHelp = dynamic(() => import('../overlay/keys-help'), { ssr: false })

/**
 * The keys of this page, at its foot; every page has one. `?` and its button open the list of all keys.
 * It binds nothing but `?`: what the hints promise, the page's own parts bind.
 */
export function KeysBar({ keys }: { keys: readonly KeyHint[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const open = () => {
    setWasOpened(true)
    setIsOpen(true)
  }
  useKeys({ '?': open })
  return (
    <>
      <div className="keys">
        {keys.map((hint) => (
          <span key={hint.does} aria-hidden="true">
            {hint.keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}{' '}
            {hint.does}
          </span>
        ))}
        <button type="button" onClick={open}>
          <Kbd>?</Kbd> all keys
        </button>
      </div>
      {wasOpened ? <KeysHelp keys={keys} open={isOpen} onOpenChange={setIsOpen} /> : null}
    </>
  )
}
