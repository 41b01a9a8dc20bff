import type { Server } from 'node:http'
import { onShutdown, runShutdown } from '@/lib/config/shutdown'
import { log } from '@/lib/log'

const patienceMs = 2_000

/** Ends the process in order on SIGTERM or SIGINT, with exit code 0; a second signal ends it at once. */
export function endOnSignal(server: Server): void {
  let isEnding = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (isEnding) process.exit(1)
      isEnding = true
      log.info({ signal }, 'ending')
      void endServing(server).finally(() => process.exit(0))
    })
}

async function endServing(server: Server): Promise<void> {
  server.close()
  server.closeIdleConnections()
  // Whoever still waits for an answer gets it while the phases run; the store is the last of them.
  onShutdown('connections', 'browsers', () => server.closeAllConnections())
  for (const { name, error } of await runShutdown(patienceMs)) log.warn({ name, err: error }, 'did not end in order')
  log.info({}, 'ended')
}
