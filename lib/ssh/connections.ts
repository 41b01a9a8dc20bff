import type { Client } from 'ssh2'
import { AppError } from '@/lib/errors'
import { type ConnectSettings, checkTarget, connect } from './connect'
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
  closed: Promise<void>
}
