import { readdirSync } from 'node:fs'

const folders = ['agents', 'app', 'bench', 'components', 'e2e', 'lib', 'prisma', 'scripts']

/** Every TypeScript and JavaScript file of the tree, by its path from the top. */
export function listSources() {
  const nested = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`),
  )
  return [...nested, ...readdirSync('.')].filter(
    (path) => /\.(tsx?|mjs|js)$/.test(path) && !path.startsWith('prisma/generated/'),
  )
}
