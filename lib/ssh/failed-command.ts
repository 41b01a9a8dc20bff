import { AppError } from '@/lib/errors'
import type { CommandResult } from './types'

const mostStderr = 2000

/**
 * The error of a command that ran and did not end well.
 * @param argv as the screen may show it: secrets masked by the caller, who alone knows which words they are
 */
export function failedCommand(
  host: { hostId: string; name: string },
  argv: readonly string[],
  result: CommandResult,
): AppError {
  const command = argv.join(' ')
  const ending = howItEnded(result)
  const stderr = result.stderr.slice(0, mostStderr)
  return new AppError('apply-failed', `${host.name}: expected "${command}" to succeed, got: ${ending}`, {
    userMessage: `"${command}" on ${host.name} ${ending}${stderr.trim() === '' ? '.' : `: ${stderr.trim()}`}`,
    data: {
      hostId: host.hostId,
      host: host.name,
      argv,
      exitCode: result.exitCode,
      signal: result.signal,
      stderr,
      timedOut: result.timedOut,
      canceled: result.canceled,
    },
  })
}

function howItEnded(result: CommandResult): string {
  if (result.timedOut) return `took longer than it may (${Math.round(result.durationMs / 1000)} s)`
  if (result.canceled) return 'was canceled'
  if (result.truncated) return 'wrote more than it may'
  if (result.signal !== null) return `was ended by ${result.signal}`
  return `ended with code ${result.exitCode}`
}
