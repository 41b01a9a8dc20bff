import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { reexecInside } from '@/e2e/lab/inside'
import { LabError } from '@/e2e/lab/lab-error'
import { type KnownResults, openKnownResults } from './known-results'
import { runMatrix } from './matrix'
import { runCuts } from './random-cuts'
import { cutsPage, tableOf } from './table'

const tablePath = 'docs/fault-matrix.md'
const cutsPath = 'docs/random-cuts.md'

/** `npm run lab -- faults`: runs the matrix (or the part that is named) and writes its table. Returns the exit code. */
export async function runFaults(words: readonly string[]): Promise<number> {
  const options = readOptions(words)
  reexecInside()
  if (options.cuts !== undefined) return runRandomCuts(Number(options.cuts), options.subject, options.seed)
  const begun = performance.now()
  const {
    minutes,
    table,
    cuts: _cuts,
    seed: _seed,
    anew = false,
    'undo-disabled': undoDisabled = false,
    ...named
  } = options
  const known = undoDisabled ? null : openKnownResults(anew)
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  const wanted = {
    ...named,
    undoDisabled,
    stop: stopping.signal,
    ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
    ...(known ? { known } : {}),
  }
  const result = await runMatrix(wanted, (line) => console.log(line))
  const red = result.results.filter(({ wrong }) => wrong.length > 0).length
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log(`${result.results.length} cells, ${red} red, ${result.skipped.length} skipped, in ${seconds} s`)
  // A part that was picked by name must not take the place of the whole.
  const path = table ?? (Object.keys(named).length === 0 ? tablePath : undefined)
  if (known && path !== undefined) writeFileSync(path, tableOf(result, headingOf(known, words)))
  return red > 0 || result.problems.length > 0 ? 1 : 0
}

async function runRandomCuts(cuts: number, subject = 'test', seed = String(Date.now() % 1_000_000)): Promise<number> {
  const quiet = Math.ceil(cuts / 20)
  console.log(`${cuts} random cuts of ${subject} and ${quiet} undisturbed changes; to have them again: --seed ${seed}`)
  const result = await runCuts({ subject, cuts, quiet, seed: Number(seed) }, (line) => console.log(line))
  const page = cutsPage(
    result,
    `--cuts ${cuts} --subject ${subject} --seed ${seed}`,
    headingOf(openKnownResults(false)),
  )
  console.log(page)
  // A short run says little: only a whole one takes the place of the last.
  if (cuts >= 1_000) writeFileSync(cutsPath, page)
  return result.wrong.length > 0 ? 1 : 0
}

function readOptions(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        subject: { type: 'string' },
        fault: { type: 'string' },
        host: { type: 'string' },
        moment: { type: 'string' },
        minutes: { type: 'string' },
        table: { type: 'string' },
        cuts: { type: 'string' },
        seed: { type: 'string' },
        anew: { type: 'boolean' },
        'undo-disabled': { type: 'boolean' },
      },
    })
    return values
  } catch (error) {
    throw new LabError('usage', error instanceof Error ? error.message : String(error))
  }
}

function headingOf({ code }: KnownResults, words: readonly string[] = []): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const date = new Date().toISOString().slice(0, 10)
  return `Made by \`${['npm run lab -- faults', ...words].join(' ')}\` at ${commit} on ${date}; all of it of one state of the engine and its agents (${code}). Do not edit.`
}
