/** Lets so many through at a time; the rest wait in line. */
export interface Limiter {
  /** Resolves with the function that gives the place back, or with null when the signal came first. */
  acquire(signal?: AbortSignal): Promise<(() => void) | null>
  /** Never below one, and never takes a place away that is in use. */
  setLimit(limit: number): void
  running(): number
  waiting(): number
}

export function createLimiter(limit: number): Limiter {
  let most = Math.max(1, limit)
  let running = 0
  const line: (() => void)[] = []

  function admit(): void {
    while (running < most) {
      const next = line.shift()
      if (next === undefined) return
      next()
    }
  }

  function place(): () => void {
    running++
    let isGiven = false
    return () => {
      if (isGiven) return
      isGiven = true
      running--
      admit()
    }
  }

  return {
    acquire(signal) {
      if (signal?.aborted) return Promise.resolve(null)
      if (running < most && line.length === 0) return Promise.resolve(place())
      return new Promise((resolve) => {
        const enter = () => {
          signal?.removeEventListener('abort', leave)
          resolve(place())
        }
        const leave = () => {
          const at = line.indexOf(enter)
          if (at >= 0) line.splice(at, 1)
          resolve(null)
        }
        line.push(enter)
        signal?.addEventListener('abort', leave, { once: true })
      })
    },
    setLimit(next) {
      most = Math.max(1, next)
      admit()
    },
    running: () => running,
    waiting: () => line.length,
  }
}
