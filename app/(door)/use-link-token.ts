'use client'

import { useEffect, useState } from 'react'

/**
 * The one-time token from the address's fragment, which is then taken out of the address. Null until it was looked at;
 * '' without one. A whole link that is pasted over this page's address changes the fragment alone, so that is watched.
 */
export function useLinkToken(): string | null {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => {
    const take = () => {
      const found = window.location.hash.slice(1)
      if (found) window.history.replaceState(null, '', window.location.pathname)
      setToken((before) => found || before || '')
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}
