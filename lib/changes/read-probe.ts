import type { Probe } from '@/lib/agent'
import { AppError } from '@/lib/errors'
import { readFacts } from '@/lib/facts'
import { withHost } from '@/lib/inventory/with-host'
import { sshPool } from '@/lib/ssh'

/**
 * Asks one host one probe, fresh, over the pooled connection.
 * Throws AppError `unreachable` when the host is out of reach, `conflict` when it could not tell.
 */
export async function readProbe<T>(hostId: string, probe: Probe<string, T>): Promise<T> {
  const [found] = await readProbes(hostId, [probe])
  return found as T
}

/** The same for several probes, in one round trip; what they found, in their order. */
export async function readProbes(hostId: string, probes: readonly Probe<string, unknown>[]): Promise<unknown[]> {
  const { name, results } = await withHost(hostId, async (target) => {
    const script = (sh: string, options: object) =>
      sshPool().script(target, sh, { ...options, privileged: target.privilege !== 'none' })
    return { name: target.name, ...(await readFacts({ script }, probes)) }
  })
  return probes.map(({ id }) => {
    const found = results[id]
    if (found?.state === 'read') return found.value
    throw new AppError('conflict', `expected facts of '${id}' from ${name}, got ${found?.why ?? 'nothing'}`, {
      userMessage: `${name} could not tell about its ${id}: ${found?.detail || found?.why || 'no answer'}.`,
    })
  })
}
