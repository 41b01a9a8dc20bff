import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, openSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cgroupDir, endCgroup } from './cgroup'
import { type LabHost, toldOf, writeDescriptor } from './descriptor'
import type { HostSpec } from './hosts'
import type { HostKey } from './keys'
import { LabError } from './lab-error'
import type { Built } from './layers'
import { hostDir, NETNS_PATH, SETUP_DIR } from './paths'
import { prepareEnv } from './prepare-env'
import { isSameProcess, pidOf, processRef } from './process-ref'
import { must } from './run'
import { waitUntil } from './wait-until'

/** The device on our side of a host's link. Interface names hold at most 15 characters (IFNAMSIZ). */
export function linkName(host: string, index = 0): string {
  return `${index === 0 ? 'v' : `v${index}`}-${host}`
}

/** Starts a host on a fresh overlay of its tree and waits until its sshd and what else it serves listen. */
export async function startNamespaceHost(spec: HostSpec, tree: Built, hostKeys: HostKey[]): Promise<LabHost> {
  const dir = hostDir(spec.name)
  mkdirSync(dir, { recursive: true })
  const env = {
    ...process.env,
    LC_ALL: 'C',
    LAB_CGROUP: cgroupDir(spec.name),
    LAB_DIR: dir,
    LAB_WIRE: NETNS_PATH,
    LAB_LOWER: tree.lower,
    LAB_DISK_MIB: String(spec.diskMib),
    LAB_DATA: spec.data ? `${spec.data.at} ${spec.data.mib}` : '',
    LAB_LINKS: spec.links
      .map((link, index) => [linkName(spec.name, index), link.device, link.bridge, link.address].join(' '))
      .join('\n'),
    LAB_INIT: spec.kind,
    ...prepareEnv(spec, randomUUID().replaceAll('-', '')),
  }
  const log = openSync(join(dir, 'start.log'), 'w')
  const child = spawn('bash', [join(SETUP_DIR, 'namespace-host.sh')], {
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  const outer = processRef(child.pid ?? 0)
  const host: LabHost = {
    ...toldOf(spec, hostKeys),
    process: '',
    link: linkName(spec.name),
  }
  const alive = (): void => {
    if (isSameProcess(outer)) return
    const said = readFileSync(join(dir, 'start.log'), 'utf8').trim().split('\n').slice(-5).join('\n')
    throw new LabError('failed', `${spec.name} ended while it started:\n${said}`)
  }
  await waitUntil(
    `${spec.name} has a process 1`,
    () => {
      alive()
      const first = firstProcessOf(child.pid ?? 0)
      host.process = first === undefined ? '' : processRef(first)
      return host.process !== ''
    },
    20,
  )
  writeDescriptor(host)
  for (const port of [22, ...(spec.serves ?? [])]) {
    const listens = (): boolean => {
      alive()
      return isListening(host, port)
    }
    await waitUntil(`${spec.name} listens on port ${port} (its words: ${join(dir, 'start.log')})`, listens, 60)
  }
  return host
}

/** Ends every process of the host and leaves no cgroup, link or directory. Harmless when it does not run. */
export async function stopNamespaceHost(host: LabHost): Promise<void> {
  // Killing process 1 of a process namespace kills all of it (pid_namespaces(7)).
  if (isSameProcess(host.process)) process.kill(pidOf(host.process), 'SIGKILL')
  await endCgroup(host.name)
  await must(['rm', '-rf', '--one-file-system', hostDir(host.name)])
}

/** The child that is process 1 of a process namespace of its own; the start script has other, short-lived ones. */
function firstProcessOf(parent: number): number | undefined {
  const own = readlinkSync('/proc/self/ns/pid')
  return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .find((pid) => readlinkSync(`/proc/${pid}/ns/pid`) !== own)
}

/** The port in state LISTEN (0A) in the host's own tables, seen from outside: nothing is sent. */
function isListening(host: LabHost, port: number): boolean {
  const listener = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A `)
  return ['tcp', 'tcp6'].some((table) =>
    listener.test(readFileSync(`/proc/${pidOf(host.process)}/net/${table}`, 'utf8')),
  )
}
