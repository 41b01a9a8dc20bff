'use client'

import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** Within so many pixels of the end counts as the end. */
const near = 24

/**
 * Keeps a scrolling element at its end while lines come, until someone scrolls up. `lines` is how many there are;
 * `unread` how many came since, and `follow` goes back to the end.
 */
export function useFollow<Element extends HTMLElement>(lines: number) {
  const ref = useRef<Element>(null)
  const isFollowing = useRef(true)
  const seen = useRef(lines)
  const [unread, setUnread] = useState(0)

  const toEnd = useCallback(() => {
    const element = ref.current
    if (element) element.scrollTop = element.scrollHeight
    seen.current = lines
    setUnread(0)
  }, [lines])

  useLayoutEffect(() => {
    if (isFollowing.current) toEnd()
    else setUnread(lines - seen.current)
  }, [lines, toEnd])

  const onScroll = () => {
    const element = ref.current
    if (!element) return
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < near
    if (isAtEnd && !isFollowing.current) {
      seen.current = lines
      setUnread(0)
    }
    if (!isAtEnd && isFollowing.current) seen.current = lines
    isFollowing.current = isAtEnd
  }
  const follow = () => {
    isFollowing.current = true
    toEnd()
  }
  return { ref, onScroll, unread, follow }
}
