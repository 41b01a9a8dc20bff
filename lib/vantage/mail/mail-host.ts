import { onHost } from '@/lib/inventory/with-host'
import { type CommandResult, sshPool } from '@/lib/ssh'
import { endedBy, notSeen } from '../not-seen'

/** The host whose mail server is looked at. Each method throws AppError when it cannot be reached. */
export interface MailHost {
  name: string
  /** What a script printed; as root unless told otherwise. */
  script(sh: string, options: ScriptSettings): Promise<string>
  /** A program as root, with its standard input. */
  run(argv: readonly [string, ...string[]], input: string, signal: AbortSignal): Promise<CommandResult>
}

export interface ScriptSettings {
  signal: AbortSignal
  isPrivileged?: boolean
  onStdout?(chunk: Buffer): void
  timeoutMs?: number
}

const scriptMs = 20_000
const mostBytes = 1024 * 1024

export async function openMailHost(hostId: string): Promise<MailHost> {
  const on = onHost(hostId)
  const name = await on(async (target) => target.name)
  return {
    name,
    async script(sh, { signal, isPrivileged = true, onStdout, timeoutMs = scriptMs }) {
      const options = { privileged: isPrivileged, signal, timeoutMs, maxBytes: mostBytes, onStdout }
      const result = await on((target) => sshPool().script(target, sh, options))
      if (result.canceled) throw endedBy(signal, `${name} was asked about the message`)
      if (result.timedOut)
        throw notSeen(`${name} did not answer within ${timeoutMs / 1000} s when asked about the message.`)
      return result.stdout.toString('utf8')
    },
    run: (argv, input, signal) =>
      on((target) => sshPool().run(target, argv, { privileged: true, input, signal, timeoutMs: scriptMs })),
  }
}
