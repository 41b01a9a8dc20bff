import { Refusal } from '../start/refusal.mjs'
import { run } from './run.mjs'

const tsx = 'node_modules/.bin/tsx'

// What the lab's command line ends with where a machine's kernel or rights can't carry it.
const cannotRun = 77

/** Brings the lab up; false when this machine can't run it. Throws a Refusal when it fails otherwise. */
export async function labUp() {
  let said = ''
  const code = await run([tsx, 'e2e/lab/cli.ts', 'up'], {}, (words) => {
    said += words
  })
  // Other tests wrote much since: what it said last is told again.
  if (code !== 0 && code !== cannotRun)
    throw new Refusal(`The lab did not come up:\n${said.trim().split('\n').slice(-12).join('\n')}`)
  return code === 0
}

/** Takes the lab down, whatever state it is in. */
export async function labDown() {
  if ((await run([tsx, 'e2e/lab/cli.ts', 'down'])) !== 0) console.error('The lab did not go down; its words are above.')
}

/** The same command, run inside the lab's network: there alone its hosts are in reach, and nothing else is. */
export function insideLab(argv) {
  return [tsx, 'scripts/test/inside.ts', ...argv]
}
