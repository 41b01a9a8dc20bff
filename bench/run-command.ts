import { spawn } from 'node:child_process'

export interface RunCommandOptions {
  /** Beside this process's own variables. */
  env?: Record<string, string>
  cwd?: string
}

/**
 * Runs a program to its end and gives the milliseconds it took and what it wrote.
 * Throws an Error with the end of its output when it fails.
 */
export function runCommand(
  argv: readonly string[],
  options: RunCommandOptions = {},
): Promise<{ ms: number; stdout: string }> {
  const [program = '', ...words] = argv
  const env = { ...process.env, ...options.env }
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const child = spawn(program, words, { env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, err]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      const ms = performance.now() - begun
      // What it started and left behind may hold its output open: what came until now is all we need.
      const stdout = Buffer.concat(out).toString()
      if (code === 0) resolve({ ms, stdout })
      else
        reject(
          new Error(`${program} ended with ${code ?? signal}:\n${lastOf(stdout)}${lastOf(`${Buffer.concat(err)}`)}`),
        )
    })
  })
}

function lastOf(text: string): string {
  return text.slice(-2000)
}
