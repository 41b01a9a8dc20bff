import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cgroupDir, endCgroup } from './cgroup'
import { type LabHost, toldOf, writeDescriptor } from './descriptor'
import { consoleArgv, endConsole } from './guest-console'
import type { HostSpec } from './hosts'
import { insideArgv } from './inside'
import { type HostKey, LAB_KEY } from './keys'
import { LabError } from './lab-error'
import { type Built, ensureBuilt } from './layers'
import { hostDir, SETUP_DIR } from './paths'
import { prepareEnv } from './prepare-env'
import { processRef } from './process-ref'
import { must, run } from './run'
import { waitUntil } from './wait-until'

/** Root disk, unless the host has another; the two data disks hold 128 MiB each. All are sparse files. */
const ROOT_MIB = 1024
/** Memory, unless the host has another. Debian with systemd and udev uses about 110 MiB of it. */
const MEMORY_MIB = 192
/** A boot takes about 20 s on an idle core, minutes on busy ones, and more of them where it starts a big server. */
const BOOT_SECONDS = 300

/** Builds (or finds in the cache) the root disk of one guest. It holds the guest's own keys, so that they survive. */
export function ensureGuestImage(
  spec: HostSpec,
  tree: Built,
  keys: HostKey[],
  say: (line: string) => void,
): Promise<Built> {
  const machineId = createHash('sha256')
    .update(spec.name)
    .update(keys[0]?.line ?? '')
    .digest('hex')
    .slice(0, 32)
  const env = prepareEnv(spec, machineId)
  const own = `hosts/${spec.like ?? spec.name}.sh`
  return ensureBuilt(
    {
      name: `image-${spec.name}`,
      script: 'build-guest-image.sh',
      reads: ['prepare.sh', ...(existsSync(join(SETUP_DIR, own)) ? [own] : [])],
      upon: [tree],
      keep: 'target',
      args: [String(spec.guest?.rootMib ?? ROOT_MIB), ...Object.entries(env).map(([key, value]) => `${key}=${value}`)],
      // Not read by the script: the lab's keys decide what is in the image as much as its arguments do.
      input: `${readFileSync(`${LAB_KEY.ed25519}.pub`, 'utf8')}${keys.map((key) => key.line).join('\n')}`,
      seconds: 400,
    },
    say,
  )
}

/** Starts a guest on a fresh copy of its disk and waits until it has booted. */
export async function startGuest(spec: HostSpec, image: Built, hostKeys: HostKey[]): Promise<LabHost> {
  const dir = hostDir(spec.name)
  const link = `t-${spec.name}`
  mkdirSync(dir, { recursive: true })
  await must(['cp', '--sparse=always', '--reflink=auto', join(image.path, 'root.img'), join(dir, 'root.img')])
  for (const file of ['lab-kernel', 'lab-initramfs'])
    if (existsSync(join(image.path, file))) await must(['cp', join(image.path, file), dir])
  await must(['truncate', '-s', '128M', join(dir, 'data.img'), join(dir, 'spare.img')])
  const env = {
    ...process.env,
    LC_ALL: 'C',
    LAB_SETUP: SETUP_DIR,
    LAB_KIND: spec.kind,
    LAB_CGROUP: cgroupDir(spec.name),
    LAB_DIR: dir,
    LAB_TAP: link,
    LAB_BRIDGE: spec.links[0].bridge,
    LAB_MEMORY_MIB: String(spec.guest?.memoryMib ?? MEMORY_MIB),
    LAB_NUMBER: spec.links[0].address.split('.').at(-1),
  }
  const log = openSync(join(dir, 'start.log'), 'w')
  const [command = '', ...args] = insideArgv(['bash', join(SETUP_DIR, 'guest.sh')])
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log, log] })
  child.unref()
  const host: LabHost = {
    ...toldOf(spec, hostKeys),
    process: processRef(child.pid ?? 0),
    link,
  }
  writeDescriptor(host)
  await waitForBoot(host)
  return host
}

/** Ends the guest, its watcher and its helpers, and takes its tap and its disks away. */
export async function stopGuest(host: LabHost): Promise<void> {
  await endConsole(host)
  await endCgroup(host.name)
  await run(insideArgv(['ip', 'link', 'del', host.link]))
  await must(['rm', '-rf', '--one-file-system', hostDir(host.name)])
}

/**
 * What tells one boot of a guest from another (proc(5): random/boot_id).
 * @returns undefined while the guest does not answer.
 */
export async function findBootId(host: LabHost): Promise<string | undefined> {
  const ran = await run(consoleArgv(host, ['cat', '/proc/sys/kernel/random/boot_id']), { seconds: 15 })
  return ran.code === 0 ? ran.stdout.trim() : undefined
}

/** Waits until the guest has booted whole (services started), in another boot than `before` when that is given. */
export async function waitForBoot(host: LabHost, before?: string): Promise<void> {
  const hasBooted = async (): Promise<boolean> => {
    const id = await findBootId(host)
    return id !== undefined && id !== before && (await isBooted(host))
  }
  await waitUntil(`${host.name} has booted (see ${join(hostDir(host.name), 'console.log')})`, hasBooted, BOOT_SECONDS)
}

/** Both inits leave this mark last: a unit after multi-user.target, and the end of runlevel 2. */
async function isBooted(host: LabHost): Promise<boolean> {
  return (await run(consoleArgv(host, ['test', '-e', '/run/lab-booted']), { seconds: 15 })).code === 0
}

/** Cuts the guest's power: its kernel is killed, nothing is flushed. It stays off until `powerOn`. */
export async function killGuest(host: LabHost): Promise<void> {
  const file = join(hostDir(host.name), 'kernel.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  // kill(2) takes 0 for our own process group.
  if (!(pid > 1)) throw new LabError('failed', `${host.name} is off already.`)
  process.kill(pid, 'SIGKILL')
  await endConsole(host)
  // The watcher takes the file away before it waits for the button.
  await waitUntil(`${host.name} is off`, () => !existsSync(file), 20)
}

/** Presses the button of a guest that is off, and waits until it has booted. */
export async function startKilledGuest(host: LabHost): Promise<void> {
  writeFileSync(join(hostDir(host.name), 'power'), 'on\n', { flag: 'r+' })
  await waitForBoot(host)
}
