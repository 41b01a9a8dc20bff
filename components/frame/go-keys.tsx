'use client'

import { useRouter } from 'next/navigation'
import { useKeys } from '../keys/use-keys'
import { useOfferedPages } from './offered-pages'

/** G and a letter go to a page; / goes to the page's filter field (the input marked `data-filter`). Shows nothing. */
export function GoKeys() {
  const router = useRouter()
  const go = useOfferedPages().map((page) => [`g ${page.key}`, () => router.push(page.href)] as const)
  useKeys({
    ...Object.fromEntries(go),
    '/': () => document.querySelector<HTMLInputElement>('input[data-filter]')?.focus(),
  })
  return null
}
