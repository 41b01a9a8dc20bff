import { type ConnectSettings, checkTarget, connect } from './connect'
import { createLimiter } from './limiter'
import { type Connection, hangUp } from './log-in'
import type { SshTarget } from './types'

/** Settings of a connection that no pool keeps. */
export function soloSettings(connectTimeoutMs?: number): ConnectSettings {
  return { connectTimeoutMs, keepaliveMs: 15_000, handshakes: createLimiter(1) }
}

/**
 * Logs in outside any pool, through new connections to all jump hosts; gives them all, the target's last.
 * @throws AppError as `connect`
 */
export async function openFreshChain(target: SshTarget, settings: ConnectSettings): Promise<Connection[]> {
  checkTarget(target)
  const chain = target.jump === undefined ? [] : await openFreshChain(target.jump, settings)
  try {
    return [...chain, await connect(target, settings, chain.at(-1) ?? null)]
  } catch (error) {
    closeChain(chain)
    throw error
  }
}

/** Ends the connections, the outermost first. */
export function closeChain(chain: readonly Connection[]): void {
  for (const connection of chain.toReversed()) hangUp(connection)
}
