import { setTimeout as sleep } from 'node:timers/promises'
import { mysqlAgent, type TuneDesired } from '@/agents/mysql'
import { previewTuning } from '@/agents/mysql/tune/preview'
import { situationOf } from '@/agents/mysql/tune/situation'
import { suggestedAim } from '@/agents/mysql/view'
import { withBenchStore } from './bench-store'
import { fillCatalogOn, jobStatements } from './mysql/bacula-data'
import {
  benchGuest,
  highWater,
  onGuest,
  outOfMemory,
  planOf,
  readGuest,
  serverOf,
  sqlOn,
  startAgain,
  startWith,
} from './mysql/guest'
import type { Advice } from './mysql/read-advice'
import { askTuner } from './mysql/tuner'
import { printFigure, printMachine } from './report'
import { median } from './statistics'

// How fast a director's batch inserts are on 256 MB: with the package's defaults, with what MySQLTuner advises, and with
// Pollux's proposal; once more with the proposal, but with commits that may come to the disk a second later.
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
const files = Number(process.env['BENCH_FILES'] ?? 30_000)
const mega = 2 ** 20

interface Variant {
  name: string
  figure: string
  /** Brings the server up with it; the reason where it does not start. */
  start(): Promise<string | null>
  rates: number[]
  peaks: number[]
}

const guest = benchGuest()
let nextJob = 1000

printMachine()
await withBenchStore([guest], async ([hostId = '']) => {
  const { name } = guest
  await fillCatalogOn(name)
  await startAgain(serverOf(await readGuest(hostId)))
  const bytes = Number(
    await sqlOn(
      name,
      "SELECT SUM(DATA_LENGTH + INDEX_LENGTH) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'bacula'",
    ),
  )
  console.log(
    `catalog of ${Math.round(bytes / mega)} MB; a job has ${files} files, after one of ${files / 4} that is not measured`,
  )

  // What MySQLTuner sees is a run of the load with the package's defaults.
  await runJob(name, files)
  await runJob(name, files)
  const advice = await askTuner(name)
  printAdvice(advice)
  const host = await readGuest(hostId)
  const server = serverOf(host)
  const situation = situationOf(server)
  if (!situation) throw new Error(`expected ${name} to tell its memory`)
  const aim = suggestedAim(situation, ['bacula'])
  const preview = previewTuning(situation, aim, {})
  const rows = preview.rows.filter(({ to, isKept }) => to !== null && !isKept)
  const most = Math.floor((0.8 * situation.machine.memTotal) / mega / 16) * 16 * mega
  const alone = previewTuning(situation, { ...aim, purpose: 'alone', budgetBytes: most }, {})
  const aloneRows = alone.rows.filter(({ to, isKept }) => to !== null && !isKept)
  const wish = (over: Record<string, string>): TuneDesired =>
    mysqlAgent.desired.parse({
      ...{ kind: 'tune', server: '/var/lib/mysql', aim, restart: true, makeTmpdir: false },
      values: { ...Object.fromEntries(rows.map((row) => [row.name, (row.to ?? '').trim()])), ...over },
      loose: rows.filter(({ isLoose }) => isLoose).map((row) => row.name),
    }) as TuneDesired
  const file = planOf(host, wish({})).path
  console.log(
    `Pollux: ${aim.purpose}, ${aim.load}, at most ${aim.budgetBytes / mega} MB of ${Math.round(situation.machine.memTotal / mega)} MB`,
  )
  for (const [one, value] of Object.entries(wish({}).values)) console.log(`  ${one} = ${value}`)
  const withFile = async (text: string | null) => {
    await onGuest(name, text === null ? `rm -f ${file}` : `cat >${file}`, { input: text ?? '' })
    return startAgain(server).then(
      () => null,
      (error: unknown) => String(error).slice(0, 600),
    )
  }
  const bringBack = () =>
    onGuest(
      name,
      `rm -f ${file}; pkill mysqld_safe; pkill -9 mariadbd; sleep 2; /etc/init.d/mariadb start >/dev/null 2>&1; :`,
    )
  const tuned = `[mysqld]\n${advice.applied.map((one) => `${one.name} = ${one.value}\n`).join('')}`
  const variant = (title: string, figure: string, start: Variant['start']): Variant => ({
    ...{ name: title, figure, start, rates: [], peaks: [] },
  })
  const variants = [
    variant("package's defaults", 'defaults', () => withFile(null)),
    variant('MySQLTuner', 'tuner', () => withFile(tuned)),
    variant('Pollux', 'pollux', () => startWith(host, wish({}))),
    variant(`Pollux, ${most / mega} MB`, 'pollux-alone', () =>
      startWith(host, {
        ...wish({}),
        values: Object.fromEntries(aloneRows.map((row) => [row.name, (row.to ?? '').trim()])),
      }),
    ),
    variant('Pollux, commits a second later', 'pollux-later', () =>
      startWith(host, wish({ innodb_flush_log_at_trx_commit: '2' })),
    ),
  ]
  for (let round = 0; round < rounds; round += 1)
    for (const one of variants) if (one.rates.length === round) if (!(await measure(one))) await bringBack()
  report(variants)
})
process.exit(0)

/** False where it did not come up, or its job did not end. */
async function measure(variant: Variant): Promise<boolean> {
  const { name } = guest
  const before = await outOfMemory(name)
  try {
    const why = await variant.start()
    if (why !== null) throw new Error(`did not start: ${why}`)
    await runJob(name, Math.floor(files / 4))
    const seconds = await runJob(name, files)
    variant.rates.push(files / seconds)
    variant.peaks.push(await highWater(name))
    console.log(
      `  ${variant.name}: ${(files / seconds).toFixed(0)} files/s, peak ${Math.round((variant.peaks.at(-1) ?? 0) / mega)} MB`,
    )
    return true
  } catch (error) {
    // The client hears of a lost server before the kernel has told why.
    await sleep(2000)
    const killed = (await outOfMemory(name)) - before
    console.log(
      `  ${variant.name}: ${killed > 0 ? `the kernel ended ${killed} programs for want of memory: ` : ''}${String(error)}`,
    )
    return false
  }
}

/** One job's statements from a file of the guest by the server's own client, in seconds of the guest's clock. */
async function runJob(name: string, many: number): Promise<number> {
  nextJob += 1
  await onGuest(name, 'cat >/root/job.sql; sync', { input: [...jobStatements(nextJob, many)].join('') })
  const timed =
    'a=$(date +%s%N); mariadb --no-defaults bacula </root/job.sql || exit 1; b=$(date +%s%N); echo $((b - a))'
  const seconds = Number(await onGuest(name, timed)) / 1e9
  const stored = Number(await sqlOn(name, `SELECT COUNT(*) FROM bacula.File WHERE JobId = ${nextJob}`))
  if (stored !== many) throw new Error(`expected ${many} files of job ${nextJob}, got ${stored}`)
  return seconds
}

function printAdvice({ version, asksForMemory, applied, left }: Advice): void {
  console.log(`MySQLTuner ${version}${asksForMemory ? ', which asks for more memory before any larger buffer' : ''}:`)
  for (const { name, value, line } of applied) console.log(`  applied: ${name} = ${value}   (${line})`)
  for (const { line, why } of left) console.log(`  not applied, ${why}: ${line}`)
}

function report(variants: readonly Variant[]): void {
  const [defaults] = variants
  for (const { name, figure, rates, peaks } of variants) {
    if (rates.length === 0) {
      console.log(`  ${name}: no job ended`)
      continue
    }
    const ratios = rates.map((rate, round) => (defaults?.rates[round] ?? Number.NaN) / rate)
    const known = ratios.filter((ratio) => !Number.isNaN(ratio))
    const spread = known.length > 0 ? ` (${Math.min(...known).toFixed(2)} to ${Math.max(...known).toFixed(2)})` : ''
    console.log(
      `  ${name.padEnd(32)} ${median(rates).toFixed(0).padStart(6)} files/s, peak ${Math.round(Math.max(...peaks) / mega)} MB, time by the defaults' ${known.length > 0 ? median(known).toFixed(2) : '?'}${spread}`,
    )
    if (figure !== 'defaults' && known.length > 0)
      printFigure(`mysql-bacula-${figure}-to-defaults`, median(known), null)
  }
}
