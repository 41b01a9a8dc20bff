import type { LabHost } from './descriptor'
import { insideArgv, isInside } from './inside'

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
    // The wire holds nobody else, and the guest's key is not what is tested here.
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
  ].flatMap((option) => ['-o', option])
  const ssh = ['ssh', '-F', 'none', '-i', host.keys.ed25519, '-p', '2222', ...options, `root@${host.address}`]
  const command = [...ssh, argv.map(quote).join(' ')]
  return isInside() ? command : insideArgv(command)
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
