// Run after every change of package-lock.json. A registry that does not serve the optional packages of other platforms
// leaves them out of the lock, and then `npm ci` refuses it everywhere. This adds what the parents' own lists name.
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Adds the missing entries to a parsed lock; returns their names. */
export function addMissing(lock) {
  const added = []
  for (const [at, parent] of Object.entries(lock.packages))
    for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
      if (isThere(lock.packages, at, name)) continue
      lock.packages[`node_modules/${name}`] = entryFor(name, range, parent)
      added.push(name)
    }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  return added
}

// Node looks in the parent's own node_modules, then in those of the folders above.
function isThere(packages, at, name) {
  for (let folder = at; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

function entryFor(name, range, parent) {
  const version = range.replace(/^[\^~=]/, '')
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`expected a version for ${name}, got "${range}"`)
  const words = name.split(/[/-]/)
  const os = systems.filter((system) => words.includes(system))
  // Without a processor that exists no machine would leave the package out.
  const cpu = processors.find((processor) => words.includes(processor)) ?? 'none'
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const added = addMissing(lock)
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  console.log(added.length === 0 ? 'Nothing is missing.' : `Added ${added.length}: ${added.join(' ')}`)
}
