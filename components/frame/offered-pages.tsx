'use client'

import { createContext, type ReactNode, use } from 'react'
import { type FramePage, framePages } from './pages'

const Offered = createContext<readonly FramePage[]>(framePages)

/** Below it, navigation, keys and palette offer only the pages that the role may open. */
export function OfferPages({ role, children }: { role: 'viewer' | 'operator' | 'admin'; children: ReactNode }) {
  const pages = role === 'admin' ? framePages : framePages.filter((page) => !page.adminOnly)
  return <Offered value={pages}>{children}</Offered>
}

/** The pages of the navigation that the person may open, in its order. */
export function useOfferedPages(): readonly FramePage[] {
  return use(Offered)
}
