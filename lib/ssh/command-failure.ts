import type { AppError } from '@/lib/errors'
import type { Command } from './command-line'
import { connectionError } from './connection-error'
import type { Output } from './output'
import { readSudoRefusal, sudoRefused } from './sudo-refusal'
import type { SshTarget } from './types'

/** Why a channel that closed has no result; null when it has one. */
export function readFailure(
  target: SshTarget,
  command: Command,
  output: Output,
  exit: { code: number | null; isSeen: boolean },
): AppError | null {
  if (!exit.isSeen) return connectionLost(target, true)
  if (output.hasBegun()) return null
  if (command.sudo !== null) {
    const stderr = withoutPrompt(output.stderr(), command)
    return sudoRefused(target, readSudoRefusal(stderr, exit.code), stderr)
  }
  const said = `${output.noise()}\n${output.stderr()}`.trim().slice(0, 500)
  return connectionError(
    'unreachable',
    target,
    'shell',
    `expected sh to run, got exit code ${exit.code} before it said anything`,
    `The login of ${target.user} on ${target.name} runs no commands${said === '' ? '' : `; it said: ${said}`}. Give the user a shell, and lift a forced command from its key.`,
    { data: { exitCode: exit.code, said } },
  )
}

function withoutPrompt(stderr: string, command: Command): string {
  return command.sudo?.kind === 'may-ask' ? stderr.replaceAll(command.sudo.prompt, '') : stderr
}

/** The error of a connection that ended under a command. `sent` tells whether the command may have run. */
export function connectionLost(target: SshTarget, sent: boolean): AppError {
  return connectionError(
    'unreachable',
    target,
    'command',
    `expected the command's end, got the end of the connection (${sent ? 'sent' : 'not sent'})`,
    sent
      ? `The connection to ${target.name} was lost while a command ran there. It may have run to its end, in part, or not at all.`
      : `The connection to ${target.name} was lost before a command was sent. Try again.`,
    { data: { sent } },
  )
}
