import { type LabHost, labHosts, readDescriptor } from './descriptor'
import { stopHost } from './down'
import { ensureGuestImage, startGuest, waitForBoot } from './guest'
import { hostArgv } from './host-argv'
import { DEFAULT_HOSTS, findSpec, type HostSpec, isGuestKind, MANY_LIMIT, manyHosts } from './hosts'
import { ensureHostKeys, ensureLabKeys } from './keys'
import { LabError } from './lab-error'
import type { Built } from './layers'
import { allowMappings, allowWatches } from './limits'
import { startNamespaceHost } from './namespace-host'
import { pidOf } from './process-ref'
import { ensureMariadbRepository, ensureRepository, serveRepositories } from './repository'
import { must } from './run'
import { ensureBase, ensureTree } from './trees'
import { ensureWire } from './wire'

/** At most 64 bytes (HOST_NAME_MAX). */
const HOSTILE_NAME = `<script>alert(1)</script>$(touch /tmp/pwned)\`id\`'"\u001b[31m\u202e`

type Layer = HostSpec['layer']

export type Say = (line: string) => void

/**
 * The hosts that words of the command line mean: names, `many N`, `all` (the default set, as no word at all).
 * @throws LabError `usage` for a name that the lab does not have.
 */
export function wantedHosts(words: readonly string[]): HostSpec[] {
  const wanted = new Map<string, HostSpec>()
  const add = (spec: HostSpec): void => {
    // Behind a jump host nothing is reached without it.
    if (spec.jump) add(getSpec(spec.jump))
    wanted.set(spec.name, spec)
  }
  const rest = words.length === 0 ? ['all'] : [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'all') DEFAULT_HOSTS.forEach(add)
    else if (word === 'many') manyHosts(parseCount(rest.shift())).forEach(add)
    else add(getSpec(word))
  }
  return [...wanted.values()]
}

/**
 * Brings up those of the hosts that do not run yet; returns the descriptors of all that were asked for, but of those
 * whose tree can't be had on this machine (told).
 */
export async function bringUp(specs: readonly HostSpec[], say: Say): Promise<LabHost[]> {
  await ensureWire()
  await ensureLabKeys()
  const running = new Map(labHosts().map((host) => [host.name, host]))
  const missing = specs.filter((spec) => !running.has(spec.name))
  if (missing.length > 0) allowWatches(running.size + missing.length, say)
  allowMappings(Math.max(0, ...missing.map(({ kind, guest }) => (kind === 'uml' ? (guest?.memoryMib ?? 0) : 0))), say)
  const trees = await findTrees(new Set(missing.map((spec) => spec.layer)), say)
  const base = await ensureBase(say)
  const repositories = await Promise.all([ensureRepository(base, say), ensureMariadbRepository(base, say)])
  await serveRepositories(...repositories)
  const started = await Promise.all(
    missing.flatMap((spec) => {
      const tree = trees.get(spec.layer)
      return tree ? [start(spec, tree, say)] : []
    }),
  )
  // A guest that an earlier run started may still be booting.
  await Promise.all([...running.values()].filter((host) => isGuestKind(host.kind)).map((host) => waitForBoot(host)))
  for (const host of started) running.set(host.name, host)
  return specs.map((spec) => running.get(spec.name)).filter((host) => host !== undefined)
}

/** The trees of these layers, built side by side; ends when all builds have, and throws what the first to fail threw. */
async function findTrees(layers: Set<Layer>, say: Say): Promise<Map<Layer, Built | undefined>> {
  const found = await Promise.allSettled([...layers].map(async (layer) => [layer, await findTree(layer, say)] as const))
  return new Map(
    found.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    }),
  )
}

/** The tree of a layer; undefined, and told, where this machine can't have it. */
async function findTree(layer: Layer, say: Say): Promise<Built | undefined> {
  try {
    return await ensureTree(layer, say)
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'cannot-run') throw error
    say(`${error.message} So hosts of the kind "${layer}" are left out.`)
    return undefined
  }
}

async function start(spec: HostSpec, tree: Built, say: Say): Promise<LabHost> {
  const dead = readDescriptor(spec.name)
  if (dead) await stopHost(dead)
  const keys = await ensureHostKeys(spec.name, spec.hostKeys)
  const host = isGuestKind(spec.kind)
    ? await startGuest(spec, await ensureGuestImage(spec, tree, keys, say), keys)
    : await startNamespaceHost(spec, tree, keys)
  await finish(host)
  return host
}

/** What only a running host can be given. */
async function finish(host: LabHost): Promise<void> {
  // A host knows what waits for it once it has read the repository.
  if (['alder', 'holly', 'damson', 'citron', 'nutmeg'].includes(host.name))
    await must(hostArgv(host, ['apt-get', '-qq', 'update']))
  if (host.name === 'hostile') await setHostname(host, HOSTILE_NAME)
}

/**
 * The kernel takes any bytes as a host name; systemd and hostname(1) refuse what is none. So it is written from
 * outside, in the host's UTS namespace, where /proc/sys is not read-only.
 */
async function setHostname(host: LabHost, name: string): Promise<void> {
  const write = ['sh', '-c', 'cat >/proc/sys/kernel/hostname']
  await must(['nsenter', '-t', String(pidOf(host.process)), '--uts', '--', ...write], { input: name })
}

function getSpec(name: string): HostSpec {
  const spec = findSpec(name)
  if (spec) return spec
  const names = DEFAULT_HOSTS.map((host) => host.name).join(', ')
  throw new LabError('usage', `The lab has no host "${name}". It has: ${names}; and n01, n02, … by "many COUNT".`)
}

function parseCount(word: string | undefined): number {
  const count = Number(word)
  if (Number.isInteger(count) && count >= 1 && count <= MANY_LIMIT) return count
  throw new LabError('usage', `Expected a count from 1 to ${MANY_LIMIT} after "many", got ${word ?? 'nothing'}.`)
}
