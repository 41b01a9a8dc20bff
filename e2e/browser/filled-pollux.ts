import { spawnSync } from 'node:child_process'
import { makeDataDir, type Pollux, startPollux } from './pollux'

/** A Pollux that has the lab's hosts in its inventory, each read once, and no user yet. */
export function startFilledPollux(): Promise<Pollux> {
  const dataDir = makeDataDir()
  const fill = ['scripts/start.mjs', '--run', 'scripts/demo/fill-inventory.ts']
  const env = { ...process.env, POLLUX_DATA: dataDir }
  const { status, stdout, stderr } = spawnSync(process.execPath, fill, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`expected the inventory to be filled, got exit code ${status}:\n${stdout}${stderr}`)
  return startPollux(dataDir)
}
