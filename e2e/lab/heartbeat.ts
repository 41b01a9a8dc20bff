import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { LabHost } from './descriptor'
import { SOURCE_DIR } from './paths'
import { loginArgv } from './ssh-client'
import { waitUntil } from './wait-until'

/** What one host answered. */
export interface Beats {
  /** The longest time without an answer, in milliseconds. */
  silenceMs: number
  answered: number
}

/**
 * A login to each host by OpenSSH's client that is kept open and asked something ten times a second, which its `cat` answers.
 * It is measured before all else that runs (chrt(1)), since the guests share the machine with the tests. Returns once every
 * host has answered; `stop` ends it and tells what was seen, in the order of the hosts.
 */
export async function startHeartbeats(hosts: readonly LabHost[]): Promise<{ stop(): Promise<Beats[]> }> {
  const logins = hosts.map((host) => loginArgv(host, 'cat'))
  const program = join(SOURCE_DIR, 'heartbeat-program.mjs')
  const words = ['--rr', '1', process.execPath, program, JSON.stringify(logins.map(({ argv }) => argv))]
  const child = spawn('chrt', words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const end = async () => {
    child.stdin.end()
    await closed
    for (const login of logins) login.forget()
  }
  await waitUntil('every host answers its first beat', () => said.startsWith('ready\n'), 60).catch(async (error) => {
    await end()
    throw error
  })
  return {
    stop: async () => {
      await end()
      return JSON.parse(said.slice('ready\n'.length)) as Beats[]
    },
  }
}
