// npm run lab -- up | down | status | shell HOST: the lab's own command line, with the packages installed first.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './start/install.mjs'
import { sentenceOf } from './start/refusal.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
try {
  await ensureInstalled()
  const words = ['e2e/lab/cli.ts', ...process.argv.slice(2)]
  process.exitCode = spawnSync('node_modules/.bin/tsx', words, { stdio: 'inherit' }).status ?? 1
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exitCode = 1
}
