import { createSshPool } from './pool'
import type { SshPool } from './types'

interface Shared {
  polluxSshPool?: SshPool
}

// Next gives each bundle its own copy of this module; the process must have one pool all the same.
const shared: typeof globalThis & Shared = globalThis

/** The process's one pool. */
export function sshPool(): SshPool {
  shared.polluxSshPool ??= createSshPool()
  return shared.polluxSshPool
}
