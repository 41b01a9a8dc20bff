import { existsSync, readdirSync } from 'node:fs'
import { endCgroup, removeLabCgroup } from './cgroup'
import { type LabHost, readDescriptor } from './descriptor'
import { stopGuest } from './guest'
import { isGuestKind } from './hosts'
import { stopNamespaceHost } from './namespace-host'
import { HOSTS_DIR, hostDir } from './paths'
import { stopRepository } from './repository'
import { must } from './run'
import { removeWire } from './wire'

/** Ends one host, whatever is left of it. */
export async function stopHost(host: LabHost): Promise<void> {
  await (isGuestKind(host.kind) ? stopGuest(host) : stopNamespaceHost(host))
}

/** Ends these hosts; without names everything: hosts, repository, links, namespace, cgroups. Keeps the cache. */
export async function takeDown(names: readonly string[]): Promise<void> {
  const present = existsSync(HOSTS_DIR) ? readdirSync(HOSTS_DIR) : []
  const ended = names.length === 0 ? present : present.filter((name) => names.includes(name))
  await Promise.all(ended.map(endHost))
  if (names.length > 0) return
  await stopRepository()
  await removeWire()
  removeLabCgroup()
}

async function endHost(name: string): Promise<void> {
  const host = readDescriptor(name)
  if (host) return stopHost(host)
  // A run that was killed before it wrote the descriptor.
  await endCgroup(name)
  await must(['rm', '-rf', '--one-file-system', hostDir(name)])
}
