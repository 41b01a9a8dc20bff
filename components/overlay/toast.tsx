'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import type { Status } from '../base/status-mark'

export interface Toast {
  status: Status
  /** What happened, a sentence: "Alert of zebulon acknowledged until 18:00". */
  text: string
  /** Takes it back, or goes where more is to be seen. */
  action?: { label: string; href?: string; run?: () => void | Promise<void> }
}

const toastEvent = 'pollux:toast'
const Toaster = dynamic(() => import('./toaster'), { ssr: false })

/** Says at the foot of the page how something went that leaves no other trace there. Errors stay on the page instead. */
export function showToast(toast: Toast): void {
  window.dispatchEvent(new CustomEvent(toastEvent, { detail: toast }))
}

/** Waits for the first toast and loads what shows them then. Stands once, in the frame. */
export function ToastHost() {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  useEffect(() => {
    const add = (event: Event) => setToasts((before) => [...before, toastOf(event)])
    window.addEventListener(toastEvent, add)
    return () => window.removeEventListener(toastEvent, add)
  }, [])
  return toasts.length > 0 ? <Toaster toasts={toasts} /> : null
}

/** Only `showToast` sends this event, always with a toast as its detail. */
function toastOf(event: Event): Toast {
  return (event as CustomEvent<Toast>).detail
}
