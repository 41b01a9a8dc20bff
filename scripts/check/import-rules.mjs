// Which layer may import what. Biome finds circles; it can't tell a type from a value, nor where a relative path leads.
import { dirname, posix } from 'node:path'

const storePackages = /^(@prisma\/|prisma$)/
const foreignPackages = /^(mysql2|pg|@libsql|libsql)(\/|$)/
const generatedClient = /^prisma\/generated\//

/** A rule looks at one import `{from, to, isType}`: paths from the tree's top, or a package's name in `to`, and says what is wrong. */
const rules = [
  ({ from, to }) =>
    layerOf(from) === 'app' && /^(lib\/db|prisma)(\/|$)/.test(to) && 'a page asks a query of lib, never the database',
  ({ from, to }) =>
    layerOf(from) === 'app' &&
    layerOf(to) === 'agents' &&
    to !== 'agents/registry' &&
    agentOf(`${to}/`) !== agentOfPage(from) &&
    'app knows agents by agents/registry; only a wizard, and its page of a host, knows its own',
  ({ from, to, isType }) =>
    layerOf(from) === 'components' && layerOf(to) === 'lib' && !isType && 'components take only types from lib',
  ({ from, to }) =>
    layerOf(from) === 'components' &&
    (['app', 'agents', 'prisma'].includes(layerOf(to)) || /^(node:|server-only$)/.test(to)) &&
    'components are what the screen is made of, and no more',
  ({ from, to }) => {
    const agent = agentOf(from)
    if (agent === null) return false
    if (isPackage(to)) return !['zod', 'node:crypto'].includes(to) && 'an agent uses no package but zod'
    const isAllowed = agentOf(to) === agent || /^lib\/(agent|errors)(\/|$)/.test(to)
    return !isAllowed && 'an agent knows only itself, lib/agent and lib/errors'
  },
  ({ from, to }) =>
    layerOf(from) === 'lib' &&
    ['app', 'components', 'agents', 'e2e', 'scripts', 'bench'].includes(layerOf(to)) &&
    'lib imports nothing above it',
  ({ from, to }) =>
    (storePackages.test(to) || generatedClient.test(to)) &&
    !/^(lib\/db|prisma|scripts)\//.test(from) &&
    'only lib/db imports the database client',
  ({ from, to }) =>
    foreignPackages.test(to) &&
    !/^(lib\/sql|bench)\//.test(from) &&
    // The store is an SQLite file, too.
    !(/libsql/.test(to) && /^(lib\/db|prisma|scripts)\//.test(from)) &&
    'only lib/sql opens databases, and lib/db its own',
  ({ from, to }) => /^ssh2(\/|$)/.test(to) && !from.startsWith('lib/ssh/') && 'only lib/ssh imports ssh2',
  ({ from, to }) =>
    ['e2e', 'bench'].includes(layerOf(to)) &&
    !['e2e', 'bench', 'scripts'].includes(layerOf(from)) &&
    'the product imports no test',
]

/** What is wrong with the imports of a file: one line each. `file` is its path from the tree's top. */
export function wrongImports(file, text) {
  if (isTest(file)) return []
  return importsOf(file, text).flatMap((found) =>
    rules
      .map((rule) => rule(found))
      .filter((reason) => reason)
      .map((reason) => `${file}:${found.line} imports ${found.to}: ${reason}`),
  )
}

/** The imports of a file, with relative and `@/` paths made paths from the tree's top. */
export function importsOf(file, text) {
  const statement =
    /^[ \t]*(?:import|export)\s+(type\s)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\b(?:import|require)\(\s*['"]([^'"\n]+)['"]/gm
  return [...text.matchAll(statement)].map((match) => ({
    from: file,
    to: resolveFrom(file, match[2] ?? match[3]),
    isType: match[1] !== undefined,
    line: text.slice(0, match.index).split('\n').length,
  }))
}

function resolveFrom(file, path) {
  const full = path.startsWith('@/') ? path.slice(2) : path.startsWith('.') ? posix.join(dirname(file), path) : path
  return path.startsWith('.') || path.startsWith('@/')
    ? full.replace(/\.(tsx?|mjs|js)$/, '').replace(/\/index$/, '')
    : full
}

// Tests stand beside what they test, and reach for the lab, the factories and the store.
function isTest(file) {
  return /\.test\.tsx?$|(^|\/)(test-[\w-]+\.tsx?|load-fixtures\.ts|testing\.ts|testing\/.+)$/.test(file)
}

const layers = ['agents', 'app', 'bench', 'components', 'e2e', 'lib', 'prisma', 'scripts']

function layerOf(path) {
  const first = path.split('/')[0]
  return layers.includes(first) ? first : ['instrumentation.ts', 'proxy.ts'].includes(path) ? 'app' : null
}

function agentOf(path) {
  return /^agents\/([^/]+)\//.exec(path)?.[1] ?? null
}

function agentOfPage(path) {
  if (path.startsWith('app/(main)/meshes/')) return 'ipsec'
  return /\/(?:wizards|hosts\/\[id\])\/([^/]+)\//.exec(path)?.[1] ?? null
}

function isPackage(path) {
  return layerOf(path) === null
}
