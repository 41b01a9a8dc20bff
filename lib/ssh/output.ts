const mostNoise = 256 * 1024
const mostStderr = 64 * 1024

/** What a command wrote, up to its caps; what came before the nonce's line, and the line itself, are dropped. */
export interface Output {
  /** Takes a piece of standard output. */
  addStdout(chunk: Buffer): void
  addStderr(chunk: Buffer): void
  /** Whether the host said that the command itself runs now. */
  hasBegun(): boolean
  /** The process that wrote the nonce and became the command. */
  pid(): number | null
  isTruncated(): boolean
  stdout(): Buffer
  stderr(): string
  /** Drops standard error so far: what sudo said before the command began. */
  forgetStderr(): void
  /** What came instead of the nonce. */
  noise(): string
}

/**
 * @param nonce begins the line `nonce pid` before the command's own output
 * @param maxBytes of standard output that are kept
 */
export function collectOutput(nonce: string, maxBytes: number, onStdout?: (chunk: Buffer) => void): Output {
  const mark = Buffer.from(nonce)
  let before = Buffer.alloc(0)
  let hasBegun = false
  let pid: number | null = null
  let isTruncated = false
  let size = 0
  let errorSize = 0
  const kept: Buffer[] = []
  const errors: Buffer[] = []

  function keep(chunk: Buffer): void {
    if (chunk.length === 0 || isTruncated) return
    const fitting = chunk.subarray(0, maxBytes - size)
    isTruncated = fitting.length < chunk.length
    size += fitting.length
    if (fitting.length === 0) return
    kept.push(fitting)
    onStdout?.(fitting)
  }

  return {
    addStdout(chunk) {
      if (hasBegun) return keep(chunk)
      before = Buffer.concat([before, chunk])
      const at = before.indexOf(mark)
      const end = at < 0 ? -1 : before.indexOf('\n', at)
      if (end < 0) {
        // Keeps the tail, in which the line may have begun.
        before = before.subarray(-mostNoise)
        return
      }
      hasBegun = true
      pid = readPid(before.toString('latin1', at + mark.length, end))
      const rest = before.subarray(end + 1)
      before = before.subarray(0, at)
      keep(rest)
    },
    addStderr(chunk) {
      const fitting = chunk.subarray(0, mostStderr - errorSize)
      errorSize += fitting.length
      if (fitting.length > 0) errors.push(fitting)
    },
    hasBegun: () => hasBegun,
    pid: () => pid,
    isTruncated: () => isTruncated,
    stdout: () => Buffer.concat(kept),
    stderr: () => Buffer.concat(errors).toString('utf8'),
    forgetStderr() {
      errors.length = 0
      errorSize = 0
    },
    noise: () => before.toString('utf8'),
  }
}

function readPid(text: string): number | null {
  const pid = Number(text.trim())
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null
}
