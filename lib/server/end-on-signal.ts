import type { Server } from 'node:http'
import { onShutdown, runShutdown } from '@/lib/config/shutdown'
import { log } from '@/lib/log'

const patienceMs = 2_000

// Ctrl-C under npm comes twice: from the terminal, and handed on by npm.
const echoMs = 1_000

/** Ends the process in order on SIGTERM or SIGINT, with exit code 0; another signal later than its echo ends it at once. */
export function endOnSignal(server: Server): void {
  let begun: number | null = null
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (begun !== null && performance.now() - begun > echoMs) process.exit(1)
      if (begun !== null) return
      begun = performance.now()
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
