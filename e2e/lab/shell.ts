import { spawnSync } from 'node:child_process'
import type { LabHost } from './descriptor'
import { hostArgv } from './host-argv'
import { isGuestKind } from './hosts'

/** Root's shell (or one command) on a host with this terminal; returns its exit code. */
export function openShell(host: LabHost, command: readonly string[]): number {
  const [program = '', ...args] = hostArgv(host, command.length > 0 ? command : ['sh', '-l'])
  // ssh allots no terminal for a command by itself.
  const withTerminal =
    isGuestKind(host.kind) && process.stdin.isTTY ? args.toSpliced(args.indexOf('-F'), 0, '-t') : args
  return spawnSync(program, withTerminal, { stdio: 'inherit' }).status ?? 1
}
