'use client'

import { clsx } from 'clsx'
import { useState } from 'react'
import { Button } from '@/components/base/button'

/**
 * A command or a key to be taken along: one press copies it. `label` names it for readers. Where the browser gives no
 * clipboard (plain http on another machine) one press on the text chooses all of it. `lines` keeps its line breaks.
 */
export function CopyLine({ text, label, lines = false }: { text: string; label: string; lines?: boolean }) {
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
    <span className={clsx('flex gap-2', lines ? 'items-start' : 'items-center')}>
      <code className={clsx('mono min-w-0 select-all', lines ? 'wrap-anywhere whitespace-pre-wrap' : 'break-all')}>
        {text}
      </code>
      <Button sm kind="quiet" className="flex-none" aria-label={`Copy ${label}`} onClick={copy}>
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </span>
  )
}
