import { spawnSync } from 'node:child_process'
import { MESH_MEMBERS } from '@/e2e/lab/hosts'
import { makeDataDir, type Pollux, startPollux } from './pollux'

/** A Pollux that has the lab's hosts in its inventory, each read once, and no user yet. Members of a mesh are cut off by tests of their own. */
export function startFilledPollux(): Promise<Pollux> {
  const dataDir = makeDataDir()
  const fill = ['scripts/start.mjs', '--run', 'scripts/demo/fill-inventory.ts']
  const env = { ...process.env, POLLUX_DATA: dataDir, POLLUX_FILL_WITHOUT: MESH_MEMBERS.join(' ') }
  const { status, stdout, stderr } = spawnSync(process.execPath, fill, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`expected the inventory to be filled, got exit code ${status}:\n${stdout}${stderr}`)
  return startPollux(dataDir)
}
