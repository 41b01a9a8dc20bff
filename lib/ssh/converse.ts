import type { ClientChannel } from 'ssh2'
import { readFailure } from './command-failure'
import type { Command } from './command-line'
import { collectOutput, type Output } from './output'
import { sudoRefused } from './sudo-refusal'
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
 * @param started when the caller was asked (`performance.now()`), for `durationMs`
 * @param onLeftRunning is told the process id when the channel was closed before the command's end
 * @throws AppError `forbidden` when sudo refused, `unreachable` when no shell answered or the connection was lost
 */
export function converse(
  channel: ClientChannel,
  target: SshTarget,
  command: Command,
  options: CommandOptions,
  started: number,
  onLeftRunning: (pid: number) => void,
): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    new Talk(channel, target, command, options, started, { resolve, reject, onLeftRunning }).begin()
  })
}

interface Settle {
  onLeftRunning: (pid: number) => void
  resolve: (conversation: Conversation) => void
  reject: (error: unknown) => void
}

class Talk {
  private readonly output: Output
  private readonly exit: { code: number | null; signal: string | null; isSeen: boolean } = {
    code: null,
    signal: null,
    isSeen: false,
  }
  private prompts = 0
  private isSettled = false
  private timer: NodeJS.Timeout | undefined
  private opening: NodeJS.Timeout | undefined
  private silence: NodeJS.Timeout | undefined
  private readonly onAbort = () => this.breakOff({ canceled: true })

  constructor(
    private readonly channel: ClientChannel,
    private readonly target: SshTarget,
    private readonly command: Command,
    private readonly options: CommandOptions,
    private readonly started: number,
    private readonly settle: Settle,
  ) {
    this.output = collectOutput(command.nonce, options.maxBytes ?? defaultMaxBytes, options.onStdout)
  }

  begin(): void {
    const { channel, options } = this
    channel
      .on('data', (chunk: Buffer) => this.onStdout(chunk))
      .on('exit', (code: number | null, signal?: string) => this.onExit(code, signal ?? null))
      .on('close', () => this.onClose())
      // A host that closes its end while input is still on its way; 'close' tells how it ended.
      .on('error', () => undefined)
    channel.stderr.on('data', (chunk: Buffer) => this.onStderr(chunk))
    options.signal?.addEventListener('abort', this.onAbort, { once: true })
    this.timer = setTimeout(() => this.breakOff({ timedOut: true }), options.timeoutMs ?? defaultTimeoutMs)
    if (options.signal?.aborted) this.onAbort()
    else if (this.command.sudo?.kind === 'may-ask') this.awaitSudo()
    else this.sendBody()
  }

  private awaitSudo(): void {
    const patience = this.target.profile === 'legacy' ? 60_000 : 30_000
    this.opening = setTimeout(() => this.fail(sudoRefused(this.target, 'no-answer', this.output.stderr())), patience)
  }

  private sendBody(): void {
    this.channel.end(this.command.body)
  }

  private onStdout(chunk: Buffer): void {
    if (this.isSettled) return
    const hadBegun = this.output.hasBegun()
    try {
      this.output.addStdout(chunk)
    } catch (error) {
      // The caller's own `onStdout` threw.
      this.fail(error)
      return
    }
    if (!hadBegun && this.output.hasBegun()) this.onBegin()
    if (this.output.isTruncated()) this.breakOff({})
    else this.watchSilence()
  }

  /** The command's own shell has spoken: from here on, input is input and no password. */
  private onBegin(): void {
    clearTimeout(this.opening)
    if (this.command.sudo?.kind !== 'may-ask') return
    this.output.forgetStderr()
    this.sendBody()
  }

  private onStderr(chunk: Buffer): void {
    if (this.isSettled) return
    this.output.addStderr(chunk)
    this.watchSilence()
    if (this.command.sudo?.kind === 'may-ask' && !this.output.hasBegun()) this.answerSudo(this.command.sudo.prompt)
  }

  /** Gives the password to the first prompt; at a second one it was wrong, and it is not given again. */
  private answerSudo(prompt: string): void {
    const seen = this.output.stderr().split(prompt).length - 1
    if (seen === this.prompts) return
    this.prompts = seen
    const { sudoPassword } = this.target
    if (seen > 1) this.fail(sudoRefused(this.target, 'wrong-password', ''))
    else if (sudoPassword === undefined) this.fail(sudoRefused(this.target, 'password-needed', ''))
    else this.channel.write(`${sudoPassword}\n`)
  }

  private onExit(code: number | null, signal: string | null): void {
    this.exit.isSeen = true
    this.exit.code = code
    this.exit.signal = signal
    this.watchSilence()
  }

  private onClose(): void {
    if (this.isSettled) return
    const failure = readFailure(this.target, this.command, this.output, this.exit)
    if (failure === null) this.finish({})
    else this.end(() => this.settle.reject(failure))
  }

  private watchSilence(): void {
    if (!this.exit.isSeen) return
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.breakOff({}), silenceAfterExitMs)
  }

  private breakOff(flags: { timedOut?: boolean; canceled?: boolean }): void {
    if (this.isSettled) return
    this.leave()
    this.finish(flags)
  }

  private fail(error: unknown): void {
    if (this.isSettled) return
    this.leave()
    this.end(() => this.settle.reject(error))
  }

  /** Closes the channel before the command's end; one that has begun may go on without it. */
  private leave(): void {
    this.channel.close()
    const pid = this.output.pid()
    if (pid !== null && !this.exit.isSeen) this.settle.onLeftRunning(pid)
  }

  private finish({ timedOut = false, canceled = false }: { timedOut?: boolean; canceled?: boolean }): void {
    const result: CommandResult = {
      exitCode: this.exit.code,
      signal: this.exit.signal,
      stdout: this.output.stdout(),
      stderr: this.output.stderr(),
      truncated: this.output.isTruncated(),
      timedOut,
      canceled,
      durationMs: performance.now() - this.started,
    }
    const sudoAsked = this.command.sudo === null ? null : this.prompts > 0
    this.end(() => this.settle.resolve({ result, sudoAsked }))
  }

  private end(act: () => void): void {
    this.isSettled = true
    clearTimeout(this.timer)
    clearTimeout(this.opening)
    clearTimeout(this.silence)
    this.options.signal?.removeEventListener('abort', this.onAbort)
    act()
  }
}
