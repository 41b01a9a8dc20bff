// npm run screenshots [-- FOLDER]: pictures of the pages with the lab's hosts in the inventory. Without a folder the
// few that README shows, into docs/screenshots; with one every page in light, dark and phone width.
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './start/build.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { checkNode } from './start/settings.mjs'
import { findObstacle } from './test/find-obstacle.mjs'
import { insideLab, labUp } from './test/lab.mjs'
import { run } from './test/run.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

try {
  checkNode()
  await ensureInstalled()
  const obstacle = await findObstacle()
  if (obstacle) throw new Refusal(obstacle)
  await ensureBuilt()
  if (!(await labUp())) throw new Refusal('This machine can not run the lab; the reason is above.')
  const take = ['node_modules/.bin/tsx', 'scripts/screenshots/take-screenshots.ts', ...process.argv.slice(2)]
  process.exitCode = await run(insideLab(take))
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exitCode = 1
}
