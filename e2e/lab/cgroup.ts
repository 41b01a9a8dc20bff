import { existsSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LAB_NAME } from './paths'
import { waitUntil } from './wait-until'

/** Where cgroups of version 2 are mounted; on machines with both versions that is at `unified`. */
export function cgroupParent(): string {
  const unified = '/sys/fs/cgroup/unified'
  return existsSync(unified) ? unified : '/sys/fs/cgroup'
}

function labCgroup(): string {
  return join(cgroupParent(), LAB_NAME)
}

/** The cgroup that holds every process of one host. */
export function cgroupDir(host: string): string {
  return join(labCgroup(), host)
}

/** Kills what still lives in a host's cgroup, whatever started it, and removes it. */
export async function endCgroup(host: string): Promise<void> {
  const dir = cgroupDir(host)
  await waitUntil(`no process of ${host} is left in ${dir}`, () => killAll(dir) && removeCgroup(dir), 20)
}

/** Removes the lab's cgroup once no host has one. */
export function removeLabCgroup(): void {
  removeCgroup(labCgroup())
}

function killAll(dir: string): boolean {
  if (!existsSync(dir)) return true
  const killFile = join(dir, 'cgroup.kill')
  // Since Linux 5.14 one write ends a whole tree of cgroups, forks in flight included (cgroups(7)).
  if (existsSync(killFile)) writeFileSync(killFile, '1')
  else processesOf(dir).forEach(kill)
  return processesOf(dir).length === 0
}

function processesOf(dir: string): number[] {
  const own = readFileSync(join(dir, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number)
  return [...own, ...childrenOf(dir).flatMap(processesOf)]
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself in between.
  }
}

/** Removes a cgroup and those below it; false while something still lives there. */
function removeCgroup(dir: string): boolean {
  if (!existsSync(dir)) return true
  childrenOf(dir).forEach(removeCgroup)
  try {
    rmdirSync(dir)
    return true
  } catch {
    return false
  }
}

function childrenOf(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dir, entry.name))
}
