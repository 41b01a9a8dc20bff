import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Readable } from 'node:stream'

/** A Pollux that a test started as a person would, by the start script. */
export interface StartedPollux {
  child: ChildProcessByStdio<null, Readable, Readable>
  /** What it wrote so far, on both streams. */
  output(): string
  /** Resolves with the address once it serves; rejects with its output when it ends before that. */
  serving: Promise<string>
  /** Resolves with the one-time link; rejects at the end when none was printed, which is so once there are users. */
  signUpLink: Promise<string>
  /** Resolves with the exit code. */
  ended: Promise<number | null>
}

/** Starts Pollux with these variables beside the test's own; name POLLUX_DATA and PORT. */
export function startPollux(env: Record<string, string>, words: readonly string[] = []): StartedPollux {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...words], {
    env: { ...process.env, VITEST: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const printed = (what: string, pattern: RegExp) => {
    const found = new Promise<string>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output)?.[1]
        if (match) resolve(match)
      }
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      void ended.then((code) => reject(new Error(`expected Pollux to ${what}, got exit code ${code}:\n${output}`)))
    })
    // A test that expects a refusal never looks at this one.
    found.catch(() => {})
    return found
  }
  const serving = printed('serve', /^Pollux is at (\S+)$/m)
  const signUpLink = printed('print a link', /(https?:\S+\/welcome#\S+)\n/)
  return { child, output: () => output, serving, signUpLink, ended }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

/** The port that a listening server has. */
export function portOf(server: ReturnType<typeof createServer>): string {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error(`expected a port, got ${address}`)
  return String(address.port)
}
