import { AppError, isAppError } from '@/lib/errors'
import { uploadExit, uploadScript } from '../on-host/upload-script'
import type { HostRun } from './host-run'
import { clearOwnLock } from './lock-of-host'

/**
 * Brings the whole phase to the host, in one round trip, and proves that it arrived. Nothing managed is touched.
 * Throws AppError `locked`, `stale-plan`, `apply-failed` or `unreachable`.
 */
export async function upload(run: HostRun): Promise<void> {
  let result = await bring(run)
  if (result.exitCode === uploadExit.locked && (await clearOwnLock(run))) result = await bring(run)
  const said = result.stdout.toString('utf8').trim()
  if (result.exitCode === uploadExit.ready && said.endsWith('ready')) return
  throw refusal(run, result.exitCode, said || result.stderr.trim())
}

function bring(run: HostRun) {
  return run.script(uploadScript(run.work), { timeoutMs: 120_000 })
}

/** Whether a failed upload may lie on its host all the same, because the connection was lost while it ran there. */
export function mayHaveArrived(failure: unknown): boolean {
  return isAppError(failure) && (failure.data['sent'] === true || failure.data['exitCode'] === null)
}

function refusal(run: HostRun, exitCode: number | null, said: string): AppError {
  const where = `${run.hostName} (exit ${exitCode}): ${said}`
  const data = { host: run.hostName, exitCode, said }
  switch (exitCode) {
    case uploadExit.locked:
      return new AppError('locked', `expected ${run.hostName} to be free, got a lock of ${said}`, {
        userMessage: `${run.hostName} is locked by another change (${said || 'unknown'}). Nothing was touched. Wait for it to end, then apply again.`,
        data,
      })
    case uploadExit.stale:
      return new AppError('stale-plan', where, {
        userMessage: `${said}. Nothing was touched on ${run.hostName}.`,
        data,
      })
    case uploadExit.noRoom:
      return new AppError('apply-failed', where, {
        userMessage: `${run.hostName}: ${said}. Nothing was touched. Free some space, or see whether the file system is read-only.`,
        data,
      })
    default:
      return new AppError('apply-failed', where, {
        userMessage: `${run.hostName} did not take the change: ${said || 'the connection was cut during the upload'}. Nothing was touched.`,
        data,
      })
  }
}
