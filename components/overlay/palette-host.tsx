'use client'

import { Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { Kbd } from '../base/kbd'
import { useKeys } from '../keys/use-keys'

const openEvent = 'pollux:palette'
const Palette = dynamic(() => import('./palette'), { ssr: false })

/** The button that opens the palette: the field at the side, or the icon of the phone's top bar. */
export function FindButton({ phone = false }: { phone?: boolean }) {
  const open = () => window.dispatchEvent(new Event(openEvent))
  if (phone) {
    return (
      <button type="button" className="phone-find" aria-label="Find or do" onClick={open}>
        <Search className="ic" />
      </button>
    )
  }
  return (
    <button type="button" className="find" aria-keyshortcuts="Control+K Meta+K" onClick={open}>
      <Search className="ic" />
      Find or do
      <Kbd>Ctrl K</Kbd>
    </button>
  )
}

/** Waits for Ctrl K or a `FindButton`, and loads the palette at the first opening only. Stands once, in the frame. */
export function PaletteHost({ itemsUrl }: { itemsUrl?: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  useEffect(() => {
    const open = () => {
      setWasOpened(true)
      setIsOpen(true)
    }
    window.addEventListener(openEvent, open)
    return () => window.removeEventListener(openEvent, open)
  }, [])
  useKeys({ 'Mod+k': () => window.dispatchEvent(new Event(openEvent)) })
  return wasOpened ? <Palette itemsUrl={itemsUrl} open={isOpen} onOpenChange={setIsOpen} /> : null
}
