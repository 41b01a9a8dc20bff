import { type LabHost, labHosts, readDescriptor } from './descriptor'
import { stopHost } from './down'
import { DEFAULT_HOSTS, findSpec, type HostSpec, MANY_LIMIT, manyHosts } from './hosts'
import { ensureHostKeys, ensureLabKeys } from './keys'
import { LabError } from './lab-error'
import type { Built } from './layers'
import { startNamespaceHost } from './namespace-host'
import { ensureTree } from './trees'
import { ensureGuestImage, startGuest, waitForBoot } from './uml-guest'
import { ensureWire } from './wire'

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

/** Brings up those of the hosts that do not run yet; returns the descriptors of all that were asked for. */
export async function bringUp(specs: readonly HostSpec[], say: Say): Promise<LabHost[]> {
  await ensureWire()
  await ensureLabKeys()
  const running = new Map(labHosts().map((host) => [host.name, host]))
  const missing = specs.filter((spec) => !running.has(spec.name))
  const trees = new Map<string, Built>()
  for (const layer of new Set(missing.map((spec) => spec.layer))) trees.set(layer, await ensureTree(layer, say))
  const started = await Promise.all(missing.map((spec) => start(spec, trees.get(spec.layer), say)))
  // A guest that an earlier run started may still be booting.
  await Promise.all([...running.values()].filter((host) => host.kind === 'uml').map((host) => waitForBoot(host)))
  for (const host of started) running.set(host.name, host)
  return specs.map((spec) => running.get(spec.name)).filter((host) => host !== undefined)
}

async function start(spec: HostSpec, tree: Built | undefined, say: Say): Promise<LabHost> {
  if (!tree) throw new LabError('failed', `Expected a tree for ${spec.layer}, got none.`)
  const dead = readDescriptor(spec.name)
  if (dead) await stopHost(dead)
  const keys = await ensureHostKeys(spec.name, spec.hostKeys)
  if (spec.kind !== 'uml') return startNamespaceHost(spec, tree, keys)
  return startGuest(spec, await ensureGuestImage(spec, tree, keys, say), keys)
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
