import { log } from '@/lib/log'

/** Logs what a page could not catch, under the id that the error page shows. Next calls it by instrumentation's onRequestError. */
export function logPageError(error: unknown, request: { path: string; method: string }): void {
  const digest =
    typeof error === 'object' && error !== null && 'digest' in error && typeof error.digest === 'string'
      ? error.digest
      : undefined
  log.error({ digest, path: request.path, method: request.method, err: error }, 'a page could not be made')
}
