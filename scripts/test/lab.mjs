import { Refusal } from '../start/refusal.mjs'
import { run } from './run.mjs'

const tsx = 'node_modules/.bin/tsx'

/** Brings the lab up; throws a Refusal when that fails. */
export async function labUp() {
  if ((await run([tsx, 'e2e/lab/cli.ts', 'up'])) !== 0)
    throw new Refusal('The lab did not come up; its words are above.')
}

/** Takes the lab down, whatever state it is in. */
export async function labDown() {
  if ((await run([tsx, 'e2e/lab/cli.ts', 'down'])) !== 0) console.error('The lab did not go down; its words are above.')
}

/** The same command, run inside the lab's network: there alone its hosts are in reach, and nothing else is. */
export function insideLab(argv) {
  return [tsx, 'scripts/test/inside.ts', ...argv]
}
