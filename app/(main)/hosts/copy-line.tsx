'use client'

import { useState } from 'react'
import { Button } from '@/components/base/button'

/**
 * A command or a key to be taken along: one press copies it. `label` names it for readers. Where the browser gives no
 * clipboard (plain http on another machine) one press on the text chooses all of it.
 */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
    } catch {
      setIsCopied(false)
    }
  }
  return (
    <span className="flex items-center gap-2">
      <code className="mono min-w-0 break-all select-all">{text}</code>
      <Button sm kind="quiet" className="flex-none" aria-label={`Copy ${label}`} onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </span>
  )
}
