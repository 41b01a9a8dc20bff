import { spawn } from 'node:child_process'
import { LabError } from './lab-error'

export interface RunOptions {
  /** What the command reads on standard input; nothing by default. */
  input?: string | Buffer
  /** The command is killed after this many seconds; 120 by default. */
  seconds?: number
  env?: NodeJS.ProcessEnv
  /** Standard output and error go to the terminal too (builds). */
  show?: boolean
}

export interface Ran {
  /** 128 + signal number is not imitated: a killed command has the code -1. */
  code: number
  stdout: string
  stderr: string
  timedOut: boolean
}

/** Runs a command and waits for it. Never throws for a non-zero exit; throws LabError when it can't be started. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [command, ...args] = argv
  if (command === undefined) throw new LabError('usage', 'Expected a command, got an empty list.')
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: options.env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    let timedOut = false
    const timer = setTimeout(
      () => {
        timedOut = true
        child.kill('SIGKILL')
      },
      (options.seconds ?? 120) * 1000,
    )
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk)
      if (options.show) process.stderr.write(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err.push(chunk)
      if (options.show) process.stderr.write(chunk)
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new LabError('failed', `${command} could not be started: ${error.message}`))
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        timedOut,
      })
    })
    // A command that ends without reading its input must not take us down with EPIPE.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
}

/** As `run`, but throws LabError with the command's own words unless it exits with 0. Returns standard output. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await run(argv, options)
  assertRan(argv, ran, options.seconds)
  return ran.stdout
}

/** @throws LabError with the command's own words unless it exited with 0. */
export function assertRan(argv: readonly string[], ran: Ran, seconds = 120): void {
  if (ran.code === 0) return
  const why = ran.timedOut ? `did not end within ${seconds} s` : `exited with ${ran.code}`
  const words = (ran.stderr.trim() || ran.stdout.trim()).split('\n').slice(-12).join('\n')
  throw new LabError('failed', `${argv.join(' ')} ${why}${words ? `:\n${words}` : ''}`)
}
