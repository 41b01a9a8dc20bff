import type { Instrumentation } from 'next'

/** Next calls this once when the server starts. The build runs it too, and must not start work. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const [{ startWorker }, { agents }] = await Promise.all([
    import('@/lib/worker/start-worker'),
    import('@/agents/registry'),
  ])
  await startWorker(agents)
}

/** Next calls this when a page or a handler throws: the log's line carries the id that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('@/lib/action/log-page-error')).logPageError(error, request)
}
