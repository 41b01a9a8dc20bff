import { spawnSync } from 'node:child_process'
import { Refusal } from '../start/refusal.mjs'
import { run } from './run.mjs'

const packages = ['node_modules/.bin/tsx', 'scripts/test/lab-packages.ts']

/**
 * What keeps the lab and the browser from running here, as a sentence; null when nothing does.
 * As root it installs the Debian packages that are missing, and throws a Refusal when that fails.
 */
export async function findObstacle() {
  if (process.platform !== 'linux') return 'The lab needs Linux.'
  const missing = listMissing()
  if (process.getuid?.() !== 0) {
    const also = missing.length > 0 ? ` These packages are missing too: ${missing.join(' ')}.` : ''
    return `The lab makes network namespaces and mounts, so it needs root.${also}`
  }
  if (missing.length === 0) return null
  console.log(`Installing for the lab and the browser: ${missing.join(' ')}`)
  if ((await run([...packages, 'install'])) !== 0)
    throw new Refusal(
      `These packages could not be installed: ${missing.join(' ')}. What the package manager said is above.`,
    )
  return null
}

function listMissing() {
  const [program, ...words] = [...packages, 'missing']
  const listed = spawnSync(program, words, { encoding: 'utf8' })
  if (listed.status !== 0) throw new Refusal(`Could not tell which packages are missing: ${listed.stderr}`)
  return listed.stdout.split('\n').filter((name) => name !== '')
}
