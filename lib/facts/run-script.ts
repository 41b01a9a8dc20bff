import type { AnyProbe } from './script'

/** What this needs of a connection. `lib/ssh`'s pooled session fits it; tests give a local shell. */
export interface FactsSession {
  /** Feeds the text to `sh` on its standard input. Rejects when there is no connection; a signal ends it as `canceled`. */
  script(
    sh: string,
    options: {
      timeoutMs: number
      maxBytes: number
      privileged: boolean
      onStdout: (chunk: Buffer) => void
      signal: AbortSignal
    },
  ): Promise<{
    exitCode: number | null
    stdout: Buffer
    stderr: Buffer | string
    timedOut: boolean
    truncated: boolean
    canceled: boolean
  }>
}

export interface ReadFactsOptions {
  signal?: AbortSignal
  /** Whether the script runs as root where the host's login can (default true). */
  privileged?: boolean
  /** Milliseconds that silence may last beyond the running probe's own timeout (default 5000). */
  graceMs?: number
  /** Milliseconds until the host's shell must have said its first word (default 90 000: connecting and waiting
   * for a channel count, and old machines need a minute for a key exchange). */
  startMs?: number
  /** Replaces the PATH on the host; for tests. */
  path?: string
}

/** One script's answer. */
export interface ScriptRun {
  stdout: Buffer
  stderr: Buffer
  exitCode: number | null
  /** Given up here because the output stopped for longer than the running probe may take. */
  stalled: boolean
  /** By probe id, the dashboard's clock when its last bytes were here. */
  arrivedAt: Record<string, number>
}

const maxBytes = 16 * 1024 * 1024
/** How long a channel may stay open after the last mark: a process that was left behind may still hold its output. */
const closeMs = 1000

/** Runs one facts script and ends it when its output stops: see `ReadFactsOptions` for the two limits. */
export async function runScript(
  session: FactsSession,
  sh: string,
  probes: readonly AnyProbe[],
  nonce: string,
  options: ReadFactsOptions,
): Promise<ScriptRun> {
  const { graceMs = 5000, startMs = 90_000 } = options
  const giveUp = new AbortController()
  const watch = new Watch(() => giveUp.abort())
  const chunks: Buffer[] = []
  const arrivedAt: Record<string, number> = {}
  let tail = ''
  let done = false
  const lead = `\n${nonce} `
  const onStdout = (chunk: Buffer) => {
    chunks.push(chunk)
    const text = tail + chunk.toString('latin1')
    let seen = 0
    for (let at = text.indexOf(lead); at >= 0; at = text.indexOf(lead, at + lead.length)) {
      const lineEnd = text.indexOf('\n', at + lead.length)
      if (lineEnd < 0) break
      const [turn, index] = text.slice(at + lead.length, lineEnd).split(' ')
      const probe = probes[Number(index)]
      if (turn === 'z') done = true
      else if (probe && turn === 'q') arrivedAt[probe.id] = Date.now()
      else if (probe && turn === 'p') watch.limit = probe.timeoutS * 1000 + graceMs
      seen = lineEnd + 1
    }
    // A mark that this chunk cut in two is found when its rest is there; none is seen twice.
    tail = text.slice(Math.max(seen - 1, text.length - nonce.length - 16))
    watch.restart(done ? closeMs : watch.limit)
  }
  watch.restart(startMs)
  const signal = options.signal ? AbortSignal.any([options.signal, giveUp.signal]) : giveUp.signal
  try {
    options.signal?.throwIfAborted()
    const timeoutMs = startMs + probes.reduce((sum, probe) => sum + probe.timeoutS * 1000 + graceMs, 0)
    const result = await session.script(sh, {
      timeoutMs,
      maxBytes,
      privileged: options.privileged ?? true,
      onStdout,
      signal,
    })
    options.signal?.throwIfAborted()
    const stderr = typeof result.stderr === 'string' ? Buffer.from(result.stderr) : result.stderr
    const stalled = !done && (giveUp.signal.aborted || result.timedOut)
    return { stdout: Buffer.concat(chunks), stderr, exitCode: result.exitCode, stalled, arrivedAt }
  } finally {
    watch.stop()
  }
}

/** A timer that is set anew by every sign of life. */
class Watch {
  limit = 0
  #timer: NodeJS.Timeout | undefined

  constructor(readonly onSilence: () => void) {}

  restart(ms: number): void {
    this.limit = ms
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.onSilence, ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
