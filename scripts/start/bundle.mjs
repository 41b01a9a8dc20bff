import { createRequire } from 'node:module'
import { resolve } from 'node:path'

/**
 * Makes one JavaScript file of a TypeScript entry and what it imports from this tree; packages stay outside.
 * The compiler is the one that tsx brings along.
 */
export async function bundle(entry, outfile) {
  const fromTsx = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))
  const { build } = fromTsx('esbuild')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    // Only Next's compiler gives `server-only` its meaning.
    alias: { '@': resolve('.'), 'server-only': resolve('lib/config/nothing.ts') },
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'error',
  })
  return resolve(outfile)
}
