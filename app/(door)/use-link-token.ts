'use client'

import { useEffect, useState } from 'react'

/** The one-time token from the address's fragment, which is then taken out of the address. Null until it was looked at; '' without one. */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => {
    const found = window.location.hash.slice(1)
    if (found) window.history.replaceState(null, '', window.location.pathname)
    setToken((before) => before || found)
  }, [])
  return token
}
