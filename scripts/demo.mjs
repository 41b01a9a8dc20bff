// npm run demo: Pollux with the lab's hosts in its inventory, to click through wizards on real daemons. Ctrl-C ends it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pipeTo } from './demo/relay.mjs'
import { ensureBuilt } from './start/build.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { checkNode, readSettings } from './start/settings.mjs'
import { refuseTakenPort } from './start/taken-port.mjs'
import { findObstacle } from './test/find-obstacle.mjs'
import { insideLab, labDown, labUp } from './test/lab.mjs'
import { run } from './test/run.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// The terminal sends Ctrl-C to the children too; this process stays to put the lab down.
process.on('SIGINT', () => {})

try {
  checkNode()
  await demo(readSettings({ ...process.env, POLLUX_DATA: process.env.POLLUX_DATA || 'data/demo' }))
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exitCode = 1
}

async function demo(settings) {
  await refuseTakenPort(settings)
  await ensureInstalled()
  const obstacle = await findObstacle()
  if (obstacle) throw new Refusal(obstacle)
  await ensureBuilt()
  try {
    if (!(await labUp())) throw new Refusal('This machine can not run the lab; the reason is above.')
    await serveInside(settings)
  } finally {
    await labDown()
  }
}

// Pollux stands inside the lab's network, which has no way out; a socket in the file system carries its page to here.
async function serveInside(settings) {
  const env = { POLLUX_DATA: settings.dataDir, HOST: settings.host, PORT: String(settings.port) }
  const start = [process.execPath, 'scripts/start.mjs']
  if ((await run(insideLab([...start, '--run', 'scripts/demo/fill-inventory.ts']), env)) !== 0)
    throw new Refusal("The lab's hosts could not be put into the inventory; the reason is above.")
  const dir = mkdtempSync(join(tmpdir(), 'pollux-demo-'))
  const socket = join(dir, 'page')
  const [program, ...words] = insideLab([process.execPath, 'scripts/demo/relay.mjs', socket, settings.host, env.PORT])
  const relay = spawn(program, words, { stdio: 'inherit' })
  const page = createServer((outside) => pipeTo(outside, { path: socket })).listen(settings.port, settings.host)
  try {
    await run(insideLab(start), env)
  } finally {
    relay.kill('SIGTERM')
    page.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
