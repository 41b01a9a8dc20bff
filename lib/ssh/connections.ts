import { once } from 'node:events'
import type { Client } from 'ssh2'
import { type ConnectSettings, checkTarget, connect } from './connect'
import { connectionError } from './connection-error'
import { closeChain, openFreshChain } from './fresh-chain'
import { createLimiter, type Limiter } from './limiter'
import { type Connection, hangUp } from './log-in'
import type { SshPoolOptions, SshPoolStats, SshTarget } from './types'

/** A place on a host's connection. */
export interface Lease {
  client: Client
  isAlive(): boolean
  /** How many others use the connection for commands now. */
  others(): number
  /** Lets only as many commands run at a time as run besides this one. */
  allowOnlyOthers(): void
  /** Leaves the connection to those who use it: the next lease gets a new one. */
  drop(): void
  release(): void
}

export interface Connections {
  /** A place on the host's connection, which is made if need be; null when the signal came first. */
  lease(target: SshTarget, signal?: AbortSignal): Promise<Lease | null>
  freshLogin(target: SshTarget): Promise<void>
  close(hostId?: string): Promise<void>
  stats(): SshPoolStats
}

/** One kept connection. */
interface Kept {
  hostId: string
  revision: string
  opening: Promise<Connection>
  /** Set when `opening` is through. */
  connection: Connection | null
  isDropped: boolean
  /** Commands, and connections that go through this one. */
  users: number
  lastUsed: number
  slots: Limiter
  idle: NodeJS.Timeout | undefined
}

const defaultIdleMs = 10 * 60_000
const defaultKeepaliveMs = 15_000
// OpenSSH allows 10 sessions on a connection (MaxSessions); a terminal and a hanging close want some of them.
const defaultChannels = 6
// A handshake takes this process some 10 ms of work; more at a time would only make each of them late.
const defaultHandshakes = 16
const defaultConnections = 512

/** Keeps one connection per host and hands out places on it. */
export function createConnections(options: SshPoolOptions): Connections {
  const settings: ConnectSettings = {
    connectTimeoutMs: options.connectTimeoutMs,
    keepaliveMs: options.keepaliveMs ?? defaultKeepaliveMs,
    handshakes: createLimiter(options.maxHandshakes ?? defaultHandshakes),
  }
  const idleMs = options.idleMs ?? defaultIdleMs
  const maxConnections = options.maxConnections ?? defaultConnections
  /** The connection that new commands use, by host. */
  const current = new Map<string, Kept>()
  /** Those too that are dropped and still in use. */
  const all = new Set<Kept>()

  function keep(target: SshTarget): Kept {
    const revision = revisionOf(target)
    const known = current.get(target.hostId)
    if (known?.revision === revision) return known
    if (known !== undefined) drop(known)
    makeRoom(target)
    const entry: Kept = {
      hostId: target.hostId,
      revision,
      opening: open(target),
      connection: null,
      isDropped: false,
      users: 0,
      lastUsed: performance.now(),
      slots: createLimiter(options.maxChannels ?? defaultChannels),
      idle: undefined,
    }
    current.set(target.hostId, entry)
    all.add(entry)
    entry.opening.then(
      (connection) => {
        entry.connection = connection
        connection.client.once('close', () => {
          all.delete(entry)
          drop(entry)
        })
        if (entry.users === 0) rest(entry)
      },
      () => {
        all.delete(entry)
        drop(entry)
      },
    )
    return entry
  }

  async function open(target: SshTarget): Promise<Connection> {
    if (target.jump === undefined) return connect(target, settings, null)
    const jump = keep(target.jump)
    use(jump)
    try {
      const connection = await connect(target, settings, await jump.opening)
      connection.client.once('close', () => leave(jump))
      return connection
    } catch (error) {
      leave(jump)
      throw error
    }
  }

  function use(entry: Kept): void {
    entry.users++
    clearTimeout(entry.idle)
  }

  function leave(entry: Kept): void {
    entry.users--
    entry.lastUsed = performance.now()
    if (entry.users === 0) rest(entry)
  }

  /** Nobody uses it: ends it when it is dropped, else after a while. */
  function rest(entry: Kept): void {
    if (entry.connection === null) return
    if (entry.isDropped) {
      hangUp(entry.connection)
      return
    }
    entry.idle = setTimeout(() => drop(entry), idleMs)
    entry.idle.unref()
  }

  /** No new command uses it any more; those under way go on. */
  function drop(entry: Kept): void {
    entry.isDropped = true
    clearTimeout(entry.idle)
    if (current.get(entry.hostId) === entry) current.delete(entry.hostId)
    if (entry.users === 0) rest(entry)
  }

  function makeRoom(target: SshTarget): void {
    if (all.size < maxConnections) return
    const resting = [...all].filter((entry) => entry.users === 0 && entry.connection !== null && !entry.isDropped)
    const oldest = resting.sort((a, b) => a.lastUsed - b.lastUsed)[0]
    if (oldest === undefined) throw tooMany(target, maxConnections)
    drop(oldest)
  }

  async function lease(target: SshTarget, signal?: AbortSignal): Promise<Lease | null> {
    checkTarget(target)
    for (;;) {
      const entry = keep(target)
      use(entry)
      try {
        const connection = await unlessAborted(entry.opening, signal)
        const giveBack = connection === null ? null : await entry.slots.acquire(signal)
        if (connection === null || giveBack === null) {
          leave(entry)
          return null
        }
        if (!entry.isDropped) return place(entry, connection, giveBack)
        // It ended while this one waited in line.
        giveBack()
      } catch (error) {
        leave(entry)
        throw error
      }
      leave(entry)
    }
  }

  function place(entry: Kept, connection: Connection, giveBack: () => void): Lease {
    let isReleased = false
    return {
      client: connection.client,
      isAlive: () => all.has(entry),
      others: () => entry.slots.running() - 1,
      allowOnlyOthers: () => entry.slots.setLimit(entry.slots.running() - 1),
      drop: () => drop(entry),
      release: () => {
        if (isReleased) return
        isReleased = true
        giveBack()
        leave(entry)
      },
    }
  }

  async function close(hostId?: string): Promise<void> {
    const ending = [...all].filter((entry) => hostId === undefined || entry.hostId === hostId)
    await Promise.all(
      ending.map(async (entry) => {
        drop(entry)
        const connection = await entry.opening.catch(() => null)
        if (connection === null || !all.has(entry)) return
        const isClosed = once(connection.client, 'close')
        hangUp(connection)
        await isClosed
      }),
    )
  }

  return {
    lease,
    close,
    async freshLogin(target) {
      closeChain(await openFreshChain(target, settings))
    },
    stats: () => ({
      connections: [...all].filter((entry) => entry.connection !== null).length,
      handshaking: settings.handshakes.running(),
      running: sum(all, (entry) => entry.slots.running()),
      waiting: sum(all, (entry) => entry.slots.waiting()),
    }),
  }
}

/** A jump host that changed makes the connection through it old, too. */
function revisionOf(target: SshTarget): string {
  const own = `${target.hostId} ${target.revision}`
  return target.jump === undefined ? own : `${own} via ${revisionOf(target.jump)}`
}

function sum(entries: Iterable<Kept>, of: (entry: Kept) => number): number {
  let total = 0
  for (const entry of entries) total += of(entry)
  return total
}

/** What the promise gives, or null when the signal comes first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(null)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function tooMany(target: SshTarget, most: number) {
  return connectionError(
    'unreachable',
    target,
    'route',
    `expected fewer than ${most} connections in use, got all of them in use`,
    `All ${most} connections are in use. Try again when some of the work is done.`,
  )
}
