import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Cell, CellResult } from './cell'

const folder = 'node_modules/.cache/pollux-faults'

/** What a cell stands on: the engine, the agents, and the ways to a host. */
const product = ['agents', 'lib/agent', 'lib/changes', 'lib/ssh']
const harness = ['e2e/faults', 'e2e/lab', 'lib/changes/testing']

const Kept = z.object({
  key: z.string(),
  harness: z.string(),
  end: z.string(),
  wrong: z.array(z.string()),
  seconds: z.number(),
})

/** The results of earlier runs, so that a matrix of hours can be made in parts. */
export interface KnownResults {
  of(cell: Cell): CellResult | null
  keep(result: CellResult): void
  /** Names the code that they are of. */
  code: string
}

/**
 * Opens what is known of the present code. A cell that was red is run again only once the matrix itself was mended: what
 * the product did wrong stays red until the product changes. With `anew` nothing is known.
 */
export function openKnownResults(anew: boolean): KnownResults {
  const code = digestOf(product.flatMap(filesIn).filter((path) => !path.includes('/testing/')))
  const now = digestOf(harness.flatMap(filesIn))
  const file = `${folder}/${code}.jsonl`
  const lines = anew || !existsSync(file) ? [] : readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const kept = lines.map((line) => Kept.parse(JSON.parse(line)))
  const known = new Map(
    kept.filter(({ wrong, harness: of }) => wrong.length === 0 || of === now).map((each) => [each.key, each]),
  )
  return {
    code,
    of: (cell) => {
      const found = known.get(keyOf(cell))
      return found ? { cell, end: found.end, wrong: found.wrong, seconds: found.seconds } : null
    },
    keep: ({ cell, end, wrong, seconds }) => {
      mkdirSync(folder, { recursive: true })
      appendFileSync(file, `${JSON.stringify({ key: keyOf(cell), harness: now, end, wrong, seconds })}\n`)
    },
  }
}

const keyOf = ({ subject, hosts, host, fault, moment }: Cell) =>
  [subject.id, hosts.join('+'), host, fault.id, moment.id].join(' ')

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  return hash.digest('hex').slice(0, 12)
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|sh)$/.test(name) && !/\.test\.ts$/.test(name))
    .toSorted()
    .map((name) => join(path, name))
}
