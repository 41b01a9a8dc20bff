import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from './descriptor'
import { insideArgv, isInside } from './inside'
import { hostDir } from './paths'
import { run } from './run'

const socketOf = (host: LabHost) => join(hostDir(host.name), 'console')

/**
 * A command inside a guest by the lab's own sshd (port 2222), which no test touches and no cut link silences.
 * Arguments reach the guest's shell quoted, so that they arrive as they are.
 */
export function consoleArgv(host: LabHost, argv: readonly string[]): string[] {
  const options = [
    'ConnectTimeout=3',
    'ServerAliveInterval=2',
    'ServerAliveCountMax=3',
    'BatchMode=yes',
    'LogLevel=ERROR',
    // One login for many commands: each takes a guest a second of its processor.
    'ControlMaster=auto',
    `ControlPath=${socketOf(host)}`,
    'ControlPersist=15',
    // The wire holds nobody else, and the guest's key is not what is tested here.
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
  ].flatMap((option) => ['-o', option])
  const ssh = ['ssh', '-F', 'none', '-i', host.keys.ed25519, '-p', '2222', ...options, `root@${host.address}`]
  const command = [...ssh, argv.map(quote).join(' ')]
  return isInside() ? command : insideArgv(command)
}

/** Ends the login that commands share, so that none waits on a guest that is off. */
export async function endConsole(host: LabHost): Promise<void> {
  if (existsSync(socketOf(host)))
    await run(['ssh', '-F', 'none', '-o', `ControlPath=${socketOf(host)}`, '-O', 'exit', `root@${host.address}`])
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
