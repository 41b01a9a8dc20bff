import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Runs a program with text on its standard input, taken as fast as the program reads it, and gives its standard output.
 * `cat` stands between: Node.js gives a socket, which nobody can open as /dev/stdin. Throws an Error with the program's
 * complaint when it fails.
 */
export async function feedProgram(argv: readonly string[], chunks: Iterable<string>): Promise<string> {
  const child = spawn('sh', ['-c', 'cat | "$@"', 'sh', ...argv], { stdio: 'pipe' })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  // Who stops reading says why by its exit code; the broken pipe is only what follows.
  await pipeline(Readable.from(chunks), child.stdin).catch(() => {})
  const code = await ended
  if (code !== 0) throw new Error(`${argv[0]} ended with ${code}: ${Buffer.concat(err).toString().slice(-2000)}`)
  return Buffer.concat(out).toString()
}
