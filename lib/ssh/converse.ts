import type { ClientChannel } from 'ssh2'
import type { AppError } from '@/lib/errors'
import type { Command } from './command-line'
import { connectionError } from './connection-error'
import { collectOutput, type Output } from './output'
import { readSudoRefusal, sudoRefused } from './sudo-refusal'
import type { CommandOptions, CommandResult, SshTarget } from './types'

const defaultTimeoutMs = 60_000
const defaultMaxBytes = 8 * 1024 * 1024
// A process left behind can hold the output open for ever: so long after the exit, silence counts as the end.
const silenceAfterExitMs = 5000

export interface Conversation {
  result: CommandResult
  /** Whether sudo asked for the password; null without sudo. */
  sudoAsked: boolean | null
}

/**
 * Talks with one command on its channel, to its end.
 * @throws AppError `forbidden` when sudo refused, `unreachable` when no shell answered or the connection was lost
 */
export function converse(
  channel: ClientChannel,
  target: SshTarget,
  command: Command,
  options: CommandOptions,
  started: number,
): Promise<Conversation> {
  const output = collectOutput(command.nonce, options.maxBytes ?? defaultMaxBytes, options.onStdout)
  const exit: { code: number | null; signal: string | null; isSeen: boolean } = { code: null, signal: null, isSeen: false }
  let prompts = 0

  return new Promise((resolve, reject) => {
    let isSettled = false
    let silence: NodeJS.Timeout | undefined
    const settle = (act: () => void) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      clearTimeout(opening)
      clearTimeout(silence)
      options.signal?.removeEventListener('abort', onAbort)
      act()
    }
    const finish = (flags: { timedOut?: boolean; canceled?: boolean } = {}) =>
      settle(() =>
        resolve({
          result: {
            exitCode: exit.code,
            signal: exit.signal,
            stdout: output.stdout(),
            stderr: output.stderr(),
            truncated: output.isTruncated(),
            timedOut: flags.timedOut ?? false,
            canceled: flags.canceled ?? false,
            durationMs: performance.now() - started,
          },
          sudoAsked: command.sudo === null ? null : prompts > 0,
        }),
      )
    const breakOff = (act: () => void) => {
      endChannel(channel)
      act()
    }
    const fail = (error: unknown) => breakOff(() => settle(() => reject(error)))
    const onAbort = () => breakOff(() => finish({ canceled: true }))
    const timer = setTimeout(
      () => breakOff(() => finish({ timedOut: true })),
      options.timeoutMs ?? defaultTimeoutMs,
    )
    const opening =
      command.sudo === null
        ? undefined
        : setTimeout(() => fail(sudoRefused(target, 'no-answer', output.stderr())), sudoTimeoutMs(target))
    const armSilence = () => {
      if (!exit.isSeen) return
      clearTimeout(silence)
      silence = setTimeout(() => breakOff(finish), silenceAfterExitMs)
    }
    const send = () => channel.end(command.body)

    channel.on('data', (chunk: Buffer) => {
      if (isSettled) return
      const hadBegun = output.hasBegun()
      try {
        output.addStdout(chunk)
      } catch (error) {
        return fail(error)
      }
      if (!hadBegun && output.hasBegun()) {
        clearTimeout(opening)
        if (command.sudo?.kind === 'may-ask') {
          output.forgetStderr()
          send()
        }
      }
      if (output.isTruncated()) breakOff(finish)
      else armSilence()
    })
    channel.stderr.on('data', (chunk: Buffer) => {
      if (isSettled) return
      output.addStderr(chunk)
      armSilence()
      if (command.sudo?.kind !== 'may-ask' || output.hasBegun()) return
      const seen = output.stderr().split(command.sudo.prompt).length - 1
      if (seen === prompts) return
      prompts = seen
      const refusal = answerSudo(channel, target, prompts)
      if (refusal !== null) fail(refusal)
    })
    channel.on('exit', (code: number | null, signal?: string) => {
      exit.isSeen = true
      exit.code = code
      exit.signal = signal ?? null
      armSilence()
    })
    channel.on('close', () => {
      if (isSettled) return
      const failure = readFailure(target, command, output, exit)
      if (failure === null) finish()
      else settle(() => reject(failure))
    })
    // A host that closes its end while input is still on its way; 'close' tells how it ended.
    channel.on('error', () => undefined)

    options.signal?.addEventListener('abort', onAbort, { once: true })
    if (options.signal?.aborted) return onAbort()
    if (command.sudo?.kind !== 'may-ask') send()
  })
}

/** Gives the password to the first prompt; at a second one it was wrong, and it is not given again. */
function answerSudo(channel: ClientChannel, target: SshTarget, prompts: number): AppError | null {
  if (prompts > 1) return sudoRefused(target, 'wrong-password', '')
  if (target.sudoPassword === undefined) return sudoRefused(target, 'password-needed', '')
  channel.write(`${target.sudoPassword}\n`)
  return null
}

/** Why a channel that closed has no result; null when it has one. */
function readFailure(
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

function sudoTimeoutMs(target: SshTarget): number {
  return target.profile === 'legacy' ? 60_000 : 30_000
}

// OpenSSH passes a signal to the whole process group since 7.9; older ones leave the command to a closed pipe. What
// runs behind sudo belongs to root and gets no signal from a user's session.
function endChannel(channel: ClientChannel): void {
  channel.signal('TERM')
  channel.close()
  channel.resume()
  channel.stderr.resume()
}
