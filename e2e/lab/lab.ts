/**
 * The lab for tests and benches. Import nothing else of this folder, but `inside` (to stand on the wire) and
 * `prerequisites`.
 */

import { type LabHost, labHosts } from './descriptor'
import { findBootId, killGuest, startKilledGuest, waitForBoot } from './guest'
import { hostArgv } from './host-argv'
import { isGuestKind } from './hosts'
import { insideArgv, isInside } from './inside'
import { LabError } from './lab-error'
import { type Ran, type RunOptions, run } from './run'
import { waitUntil } from './wait-until'
import { setCut } from './wire'

export type { Capture, WirePacket } from './capture'
export { startCapture } from './capture'
export type { LabHost } from './descriptor'
export { labHosts } from './descriptor'
export { startHeartbeats } from './heartbeat'
export type { HostKind, LabUser, Privilege } from './hosts'
export type { HostKey } from './keys'
export { LabError } from './lab-error'
export { obstacles } from './probe'
export { PENDING_UPDATES, REPOSITORY_PACKAGES } from './repository'
export { waitUntil } from './wait-until'

/** @throws LabError when no host of this name runs. */
export function getLabHost(name: string): LabHost {
  const host = labHosts().find((candidate) => candidate.name === name)
  if (host) return host
  throw new LabError('cannot-run', `The lab's host ${name} does not run: npm run lab -- up ${name}`)
}

/**
 * Runs argv as root on a host, out of band: it works while the link is cut or its sshd is broken. `input` is its
 * standard input. Never throws for an exit code.
 */
export function hostExec(name: string, argv: readonly string[], options: Omit<RunOptions, 'env'> = {}): Promise<Ran> {
  return run(hostArgv(getLabHost(name), argv), options)
}

/** From here on nothing passes to or from the host but silence: no reset, no ICMP, connections stay half-open. */
export function cutLink(name: string): Promise<void> {
  return setCut(getLabHost(name).link, true)
}

export function restoreLink(name: string): Promise<void> {
  return setCut(getLabHost(name).link, false)
}

/** A real reboot of a user-mode Linux guest; returns when it has booted anew. Its disks keep their content. */
export async function reboot(name: string): Promise<void> {
  const host = getGuest(name)
  const before = await findBootId(host)
  if (before === undefined) throw new LabError('failed', `${name} does not answer; it can't be told to reboot.`)
  // The connection may end before the command does.
  await run(hostArgv(host, ['sh', '-c', '(sleep 0.1; exec reboot) >/dev/null 2>&1 </dev/null &']), { seconds: 20 })
  await waitForBoot(host, before)
}

/** Waits until a guest has booted whole, in another boot than `before` (see `guestBootId`) when that is given. */
export function waitForGuest(name: string, before?: string): Promise<void> {
  return waitForBoot(getGuest(name), before)
}

/** What tells one boot of a guest from the next; undefined while it does not answer. */
export function guestBootId(name: string): Promise<string | undefined> {
  return findBootId(getGuest(name))
}

/** Kills a guest as a power cut does: what was not synced is lost. It stays off until `powerOn`. */
export function powerCut(name: string): Promise<void> {
  return killGuest(getGuest(name))
}

/** Starts a guest after `powerCut`; returns when it has booted. */
export function powerOn(name: string): Promise<void> {
  return startKilledGuest(getGuest(name))
}

const FILLER = '/var/tmp/lab-filler'

/** Fills the host's disk to the last byte, so that any write fails with ENOSPC. Undone by `freeDisk`. */
export async function fillDisk(name: string): Promise<void> {
  // Big blocks first; the last bytes with small ones. dd fails when the disk is full: that is what is wanted.
  const script = `for size in 1048576 4096 1; do dd if=/dev/zero bs=$size >>${FILLER} 2>/dev/null; done
    printf x >${FILLER}.probe 2>/dev/null && test -s ${FILLER}.probe && exit 1; rm -f ${FILLER}.probe; exit 0`
  const ran = await hostExec(name, ['sh', '-c', script], { seconds: 300 })
  if (ran.code !== 0) throw new LabError('failed', `Expected the disk of ${name} to be full, got room left.`)
}

export async function freeDisk(name: string): Promise<void> {
  await hostExec(name, ['rm', '-f', FILLER])
}

/** Waits until the host's sshd answers on the wire (its banner), asked from this side. */
export async function waitForSsh(name: string, seconds = 60): Promise<void> {
  const host = getLabHost(name)
  await waitUntil(
    `${name} answers with an SSH banner`,
    async () => (await readBanner(host)).startsWith('SSH-'),
    seconds,
  )
}

async function readBanner(host: LabHost): Promise<string> {
  const ask = `exec 3<>/dev/tcp/${host.address}/${host.port} && IFS= read -r -t 3 line <&3 && printf %s "$line"`
  const argv = ['timeout', '4', 'bash', '-c', ask]
  const from = host.jump ? hostArgv(getLabHost(host.jump), argv) : isInside() ? argv : insideArgv(argv)
  return (await run(from, { seconds: 10 })).stdout
}

function getGuest(name: string): LabHost {
  const host = getLabHost(name)
  if (isGuestKind(host.kind)) return host
  throw new LabError(
    'usage',
    `${name} shares this machine's kernel: only guests with a kernel of their own boot and lose power.`,
  )
}

/**
 * The hosts that a test may speak to: none outside the lab's network namespace, where their addresses would lead
 * somewhere else. Says why when there are none, so that skipped tests have their reason.
 */
export function hostsForTests(): LabHost[] {
  const hosts = isInside() ? labHosts() : []
  if (hosts.length === 0)
    console.log(
      isInside()
        ? 'Skipped: no host of the lab runs (npm run lab -- up).'
        : 'Skipped: this does not run inside the network of the lab (npm test does).',
    )
  return hosts
}
