import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { NETNS_PATH } from './paths'

/**
 * The same command, run inside the lab's network namespace: the only place from which lab hosts can be reached, and
 * one from which nothing else can. Not `ip netns exec`: that mounts a new /sys, which hides the cgroups.
 */
export function insideArgv(argv: readonly string[]): string[] {
  return ['nsenter', `--net=${NETNS_PATH}`, '--', ...argv]
}

/** Whether this process already stands inside the lab's network namespace. */
export function isInside(): boolean {
  if (!existsSync(NETNS_PATH)) return false
  const [wire, own] = [statSync(NETNS_PATH), statSync('/proc/self/ns/net')]
  return wire.ino === own.ino && wire.dev === own.dev
}

/**
 * Runs this very program (same interpreter, options and arguments) again inside the namespace, waits for it and exits
 * with its code. Does nothing when it stands there already.
 */
export function reexecInside(): void {
  if (isInside()) return
  const [command = '', ...args] = insideArgv([process.execPath, ...process.execArgv, ...process.argv.slice(1)])
  const done = spawnSync(command, args, { stdio: 'inherit' })
  process.exit(done.status ?? 1)
}
