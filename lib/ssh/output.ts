const mostNoise = 256 * 1024
const mostStderr = 64 * 1024

/** What a command wrote, up to its caps; what came before the nonce's line is dropped. */
export interface Output {
  /** Takes a piece of standard output. */
  addStdout(chunk: Buffer): void
  addStderr(chunk: Buffer): void
  /** Whether the host said that the command itself runs now. */
  hasBegun(): boolean
  isTruncated(): boolean
  stdout(): Buffer
  stderr(): string
  /** Drops standard error so far: what sudo said before the command began. */
  forgetStderr(): void
  /** What came instead of the nonce. */
  noise(): string
}

/**
 * @param nonce the line before the command's own output
 * @param maxBytes of standard output that are kept
 */
export function collectOutput(nonce: string, maxBytes: number, onStdout?: (chunk: Buffer) => void): Output {
  const mark = Buffer.from(`${nonce}\n`)
  let before = Buffer.alloc(0)
  let hasBegun = false
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
      if (at < 0) {
        // Keeps the tail, in which a nonce may have begun.
        before = before.subarray(-mostNoise)
        return
      }
      hasBegun = true
      const rest = before.subarray(at + mark.length)
      before = before.subarray(0, at)
      keep(rest)
    },
    addStderr(chunk) {
      const fitting = chunk.subarray(0, mostStderr - errorSize)
      errorSize += fitting.length
      if (fitting.length > 0) errors.push(fitting)
    },
    hasBegun: () => hasBegun,
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
