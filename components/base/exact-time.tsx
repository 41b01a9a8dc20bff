'use client'

import { useEffect, useState } from 'react'
import { tellExactly } from './tell-time'

/** A time to plan by, in the reader's own zone and in UTC; in UTC alone until the page's script runs. `at` in ms. */
export function ExactTime({ at }: { at: number }) {
  const [own, setOwn] = useState<string | null>(null)
  useEffect(() => setOwn(tellExactly(at)), [at])
  const utc = tellExactly(at, 'UTC')
  return (
    <time dateTime={new Date(at).toISOString()} suppressHydrationWarning>
      {own && own !== utc ? `${own} (${utc})` : utc}
    </time>
  )
}
