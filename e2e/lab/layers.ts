import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { labHosts } from './descriptor'
import { EXIT_CODES, LabError } from './lab-error'
import { CACHE_DIR, SETUP_DIR } from './paths'
import { assertRan, must, run } from './run'

/** Something that is built once and kept until its inputs change. */
export interface Recipe {
  name: string
  /** A file of setup/. Called with TARGET, or for a step upon trees with ROOT (the merged view), then `args`. */
  script: string
  /** Other files of setup/ that the script reads. */
  reads?: string[]
  /** Built things below this one, the nearest first: the step changes a merged view of them. */
  upon?: Built[]
  /** Built things that the script uses; their paths come after ROOT or TARGET. */
  uses?: Built[]
  args?: string[]
  input?: string
  /** upper: keep what the step changed. target: the step writes into a directory (second argument after ROOT). */
  keep?: 'upper' | 'target'
  seconds: number
}

export interface Built {
  /** Directory in the cache. */
  path: string
  hash: string
  /** This and what lies below, for overlayfs's lowerdir. */
  lower: string
}

type Say = (line: string) => void

/** Trees that are built at the same time share their lower layers: each is built once. */
const underway = new Map<string, Promise<Built>>()

/** Builds a recipe unless the cache holds it for exactly these inputs; older builds of the same name go away. */
export function ensureBuilt(recipe: Recipe, say: Say): Promise<Built> {
  const hash = hashOf(recipe)
  const path = join(CACHE_DIR, `${recipe.name}-${hash}`)
  const built = underway.get(path) ?? findOrBuild(recipe, hash, path, say)
  underway.set(path, built)
  return built
}

async function findOrBuild(recipe: Recipe, hash: string, path: string, say: Say): Promise<Built> {
  const lower = [path, ...(recipe.upon?.[0] ? [recipe.upon[0].lower] : [])].join(':')
  if (existsSync(path)) return { path, hash, lower }
  mkdirSync(CACHE_DIR, { recursive: true })
  const work = join(CACHE_DIR, `.building-${recipe.name}`)
  await must(['rm', '-rf', '--one-file-system', work])
  const began = performance.now()
  say(`building ${recipe.name}`)
  await build(recipe, work)
  const product = recipe.upon && recipe.keep !== 'target' ? join(work, 'upper') : join(work, 'target')
  if (!existsSync(product)) throw new LabError('failed', `Expected ${recipe.script} to leave ${product}, got nothing.`)
  renameSync(product, path)
  await must(['rm', '-rf', '--one-file-system', work])
  await removeOlder(recipe.name, path)
  say(`built ${recipe.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return { path, hash, lower }
}

/** A script's exit code 77 means, as the lab's own: not on this machine; its last line says why. */
async function build(recipe: Recipe, work: string): Promise<void> {
  const argv = argvOf(recipe, work)
  const ran = await run(argv, { input: recipe.input, seconds: recipe.seconds })
  if (ran.code === EXIT_CODES['cannot-run'])
    throw new LabError('cannot-run', ran.stderr.trim().split('\n').at(-1) ?? '')
  assertRan(argv, ran, recipe.seconds)
}

function argvOf(recipe: Recipe, work: string): string[] {
  const script = join(SETUP_DIR, recipe.script)
  const used = (recipe.uses ?? []).map((built) => built.path)
  const target = join(work, 'target')
  const args = [...used, ...(recipe.args ?? [])]
  mkdirSync(work, { recursive: true })
  if (!recipe.upon) return ['bash', script, target, ...args]
  const lower = recipe.upon.map((built) => built.lower).join(':')
  const overlay = ['unshare', '--mount', '--propagation', 'private', 'bash', join(SETUP_DIR, 'overlay.sh'), lower, work]
  return [...overlay, script, ...(recipe.keep === 'target' ? [target] : []), ...args]
}

function hashOf(recipe: Recipe): string {
  const hash = createHash('sha256')
  for (const file of ['overlay.sh', recipe.script, ...(recipe.reads ?? [])])
    hash.update(readFileSync(join(SETUP_DIR, file)))
  const below = [...(recipe.upon ?? []), ...(recipe.uses ?? [])].map((built) => built.hash)
  hash.update(JSON.stringify([recipe.name, below, recipe.args ?? [], recipe.input ?? '', recipe.keep ?? 'upper']))
  return hash.digest('hex').slice(0, 16)
}

async function removeOlder(name: string, current: string): Promise<void> {
  // A running host stands on its layers: what is old stays until a build that meets no host.
  if (labHosts().length > 0) return
  const old = readdirSync(CACHE_DIR)
    .filter((entry) => entry.replace(/-[0-9a-f]{16}$/, '') === name)
    .map((entry) => join(CACHE_DIR, entry))
    .filter((path) => path !== current)
  if (old.length > 0) await must(['rm', '-rf', '--one-file-system', ...old])
}
