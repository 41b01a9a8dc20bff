'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Toaster as Sonner, toast as show } from 'sonner'
import { Mark } from '../base/status-mark'
import type { Toast } from './toast'

/** Shows the toasts that came since it last looked. */
export default function Toaster({ toasts }: { toasts: readonly Toast[] }) {
  const shown = useRef(0)
  useEffect(() => {
    for (const toast of toasts.slice(shown.current)) {
      show.custom((id) => <Line toast={toast} close={() => show.dismiss(id)} />, { duration: 8000 })
    }
    shown.current = toasts.length
  }, [toasts])
  return <Sonner position="bottom-right" offset={48} mobileOffset={68} gap={8} visibleToasts={3} />
}

function Line({ toast, close }: { toast: Toast; close: () => void }) {
  const { action } = toast
  return (
    <div className="float toast">
      <Mark status={toast.status} />
      <span>{toast.text}</span>
      {action?.href ? (
        <Link className="link" href={action.href} onClick={close}>
          {action.label}
        </Link>
      ) : action ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            close()
            void action.run?.()
          }}
        >
          {action.label}
        </button>
      ) : null}
    </div>
  )
}
