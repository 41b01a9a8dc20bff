'use client'

import { useRouter } from 'next/navigation'
import { useKeys } from '@/components/keys/use-keys'

/** The keys of a host's page: digits for the tabs, R to read again. */
export function HostKeys({ tabs, readFormId }: { tabs: readonly string[]; readFormId: string }) {
  const router = useRouter()
  const digits = tabs.slice(0, 9).map((href, index) => [String(index + 1), () => router.push(href)] as const)
  const read = () => {
    const form = document.getElementById(readFormId)
    if (form instanceof HTMLFormElement) form.requestSubmit()
  }
  useKeys({ ...Object.fromEntries(digits), r: read })
  return null
}
