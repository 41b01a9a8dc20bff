'use client'

import { useRouter } from 'next/navigation'
import type { MouseEvent } from 'react'

/**
 * One handler for all plain links inside an element: they open without a page of its own, like `Link`. Where there are
 * hundreds, each as a `Link` would be costly, and would ask for pages that nobody opens.
 */
export function useInsideLinks(): (event: MouseEvent<HTMLElement>) => void {
  const router = useRouter()
  return (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const href = link?.getAttribute('href')
    if (!isPlain || event.defaultPrevented || !href) return
    event.preventDefault()
    router.push(href)
  }
}
