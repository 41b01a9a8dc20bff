import type { ClientChannel } from 'ssh2'
import { AppError } from '@/lib/errors'
import { type CommandRequest, commandFor, type SudoForm } from './command-line'
import { createConnections } from './connections'
import { converse } from './converse'
import { endCommandScript } from './end-command'
import { openExec } from './open-exec'
import { openTcp } from './open-tcp'
import { noPrivilege } from './sudo-refusal'
import type { CommandOptions, CommandResult, SshPool, SshPoolOptions, SshTarget } from './types'

const endTimeoutMs = 20_000

/** Makes a pool. The process has one, `sshPool()`; tests make their own. */
export function createSshPool(options: SshPoolOptions = {}): SshPool {
  const connections = createConnections(options)
  // Hosts of which this revision's sudo asked for no password: their next script needs no question first.
  const sudoWithoutPassword = new Map<string, string>()

  async function execute(target: SshTarget, request: CommandRequest, given: CommandOptions): Promise<CommandResult> {
    const started = performance.now()
    const sudo = sudoKind(target, given, sudoWithoutPassword.get(target.hostId) === target.revision)
    const command = commandFor(request, sudo)
    const begin = (channel: ClientChannel) => ({
      conversation: converse(channel, target, command, given, started, (pid) =>
        endCommand(target, pid, given.privileged),
      ),
    })
    const opened = await openExec(connections, target, command.line, begin, given.signal)
    if (opened === null) return canceledResult(started)
    try {
      const { result, sudoAsked } = await opened.begun.conversation
      if (sudo === 'may-ask' && sudoAsked === false) sudoWithoutPassword.set(target.hostId, target.revision)
      return result
    } catch (error) {
      if (sudo === 'never-asks') sudoWithoutPassword.delete(target.hostId)
      throw error
    } finally {
      opened.release()
    }
  }

  /** Nobody waits for it, and nobody could do anything about its failure. */
  function endCommand(target: SshTarget, pid: number, privileged?: boolean): void {
    const options = { privileged, timeoutMs: endTimeoutMs }
    execute(target, { kind: 'script', sh: endCommandScript(pid) }, options).catch(() => undefined)
  }

  return {
    run: (target, argv, given = {}) =>
      execute(target, { kind: 'argv', argv, input: Buffer.from(given.input ?? '') }, given),
    async script(target, sh, given = {}) {
      if (sh.includes('\0')) throw new AppError('invalid', 'expected a script without NUL, got one with NUL')
      return execute(target, { kind: 'script', sh }, given)
    },
    openTcp: (target, place, given = {}) => openTcp(connections, target, place, given),
    freshLogin: (target) => connections.freshLogin(target),
    close: (hostId) => connections.close(hostId),
    stats: () => connections.stats(),
  }
}

/**
 * Which form of sudo a command needs. Without a stored password, or where none was asked for, `-n` reads nothing from
 * standard input, so that the command goes out in one round trip.
 */
function sudoKind(target: SshTarget, options: CommandOptions, isKnownFree: boolean): SudoForm['kind'] | null {
  if (!options.privileged || target.privilege === 'root') return null
  if (target.privilege === 'none') throw noPrivilege(target)
  return target.sudoPassword === undefined || isKnownFree ? 'never-asks' : 'may-ask'
}

function canceledResult(started: number): CommandResult {
  return {
    exitCode: null,
    signal: null,
    stdout: Buffer.alloc(0),
    stderr: '',
    truncated: false,
    timedOut: false,
    canceled: true,
    durationMs: performance.now() - started,
  }
}
