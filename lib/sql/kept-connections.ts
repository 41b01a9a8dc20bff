import { createHash } from 'node:crypto'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { connect } from './connect'
import type { Connection } from './connection'
import { failure } from './failure'
import type { SqlPlace } from './types'

const mostPerPlace = 3
// One is kept for the next click; more hold places on a host's SSH connection that others wait for.
const firstIdleMs = 60_000
const otherIdleMs = 5000

export interface Slot {
  connection: Connection
  /** Whether it was kept from earlier, and so may be dead without anybody having seen it. */
  wasKept: boolean
  /** Puts a new connection in its place. */
  replace(): Promise<void>
  /** Gives it back; one that is of no use any more is closed. */
  release(): void
}

interface Idle {
  connection: Connection
  timer: NodeJS.Timeout
}

interface Kept {
  idle: Idle[]
  busy: number
  waiting: (() => void)[]
}

export interface KeptConnections {
  /** A connection for one piece of work. Throws what connecting throws, and `conflict` when the signal comes first. */
  acquire(place: SqlPlace, signal?: AbortSignal): Promise<Slot>
  close(): Promise<void>
}

/** The process's one keeper of connections; they end in order with the process. */
export function keptConnections(): KeptConnections {
  return single('sql-connections', () => {
    const kept = createKeptConnections(connect)
    onShutdown('connections', 'databases', () => kept.close())
    return kept
  })
}

export function createKeptConnections(connectTo: typeof connect): KeptConnections {
  const places = new Map<string, Kept>()
  const open = new Set<Connection>()

  async function make(place: SqlPlace, signal?: AbortSignal): Promise<Connection> {
    const connection = await connectTo(place, signal)
    open.add(connection)
    return connection
  }

  async function drop(connection: Connection): Promise<void> {
    open.delete(connection)
    await connection.close()
  }

  function takeIdle(kept: Kept): Connection | null {
    for (let entry = kept.idle.pop(); entry !== undefined; entry = kept.idle.pop()) {
      clearTimeout(entry.timer)
      if (entry.connection.isUsable()) return entry.connection
      void drop(entry.connection)
    }
    return null
  }

  function rest(key: string, kept: Kept, connection: Connection): void {
    const timer = setTimeout(
      () => {
        kept.idle = kept.idle.filter((entry) => entry.connection !== connection)
        forget(key, kept)
        void drop(connection)
      },
      kept.idle.length === 0 ? firstIdleMs : otherIdleMs,
    )
    timer.unref()
    kept.idle.push({ connection, timer })
  }

  function forget(key: string, kept: Kept): void {
    if (kept.busy === 0 && kept.idle.length === 0 && kept.waiting.length === 0) places.delete(key)
  }

  return {
    async acquire(place, signal) {
      const key = keyOf(place)
      const kept = places.get(key) ?? { idle: [], busy: 0, waiting: [] }
      places.set(key, kept)
      if (kept.busy >= mostPerPlace) await turn(kept, place, signal)
      else kept.busy++
      const leave = () => {
        const next = kept.waiting.shift()
        // Whoever waits takes this one's place.
        if (next) next()
        else kept.busy--
        forget(key, kept)
      }
      try {
        const idle = takeIdle(kept)
        const slot: Slot = {
          connection: idle ?? (await make(place, signal)),
          wasKept: idle !== null,
          async replace() {
            void drop(slot.connection)
            slot.connection = await make(place, signal)
            slot.wasKept = false
          },
          release() {
            if (slot.connection.isUsable() && open.has(slot.connection)) rest(key, kept, slot.connection)
            else void drop(slot.connection)
            leave()
          },
        }
        return slot
      } catch (error) {
        leave()
        throw error
      }
    },
    async close() {
      for (const kept of places.values()) for (const { timer } of kept.idle.splice(0)) clearTimeout(timer)
      await Promise.all([...open].map(drop))
    },
  }
}

/** Waits for the end of another's work. */
function turn(kept: Kept, place: SqlPlace, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }
    const onAbort = () => {
      kept.waiting = kept.waiting.filter((other) => other !== go)
      reject(failure('cancelled', place))
    }
    if (signal?.aborted) return onAbort()
    kept.waiting.push(go)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** All that makes a connection another one, as a hash: it holds a password. */
function keyOf(place: SqlPlace): string {
  const own = 'target' in place ? { ...place, target: [place.target.hostId, place.target.revision] } : place
  return createHash('sha256').update(JSON.stringify(own)).digest('base64')
}
