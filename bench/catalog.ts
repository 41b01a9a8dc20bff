import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPollux } from '@/e2e/browser/pollux'
import { systemCtx } from '@/lib/auth/actor'
import type { CatalogReading } from '@/lib/catalog/catalog-reading'
import { listClients } from '@/lib/catalog/clients/list-clients'
import { readJobFilter } from '@/lib/catalog/jobs/job-filter'
import { jobChoices, listJobs } from '@/lib/catalog/jobs/list-jobs'
import { readOverview } from '@/lib/catalog/overview/read-overview'
import { listPools } from '@/lib/catalog/pools/list-pools'
import { defaultHealthLimits, schemaByVersion } from '@/lib/catalog/rules'
import { addCatalog } from '@/lib/catalog/store/add-catalog'
import { listVolumes, volumeChoices } from '@/lib/catalog/volumes/list-volumes'
import { runShutdown } from '@/lib/config/shutdown'
import { prepareData } from '@/lib/server/prepare-data'
import { withReader } from '@/lib/sql'
import { textOf } from '@/lib/sql/text-of'
import { catalogSizes, type SizeName } from './catalog-data/sizes'
import { type BenchCatalog, startCatalog } from './catalog-server'
import { printFigure, printMachine } from './report'
import { sessionCookie } from './session-cookie'
import { compareRounds, median, type Round } from './statistics'

// What the pages of a catalog cost on a large one, in a server with its own defaults and the stock schema's indexes: questions,
// the time of their SQL alone, of the reading, and of the page as a browser gets it; beside them questions of the shape that
// other dashboards ask for the same screens. BENCH_CATALOG keeps the data in a folder, BENCH_SIZE takes a smaller one,
// BENCH_SERVER=postgres and BENCH_SCHEMA=1026 another server and the newer tables.
const size = chosen('BENCH_SIZE', Object.keys(catalogSizes) as SizeName[], 'large')
const kind = chosen('BENCH_SERVER', ['mariadb', 'postgres'], 'mariadb')
const shape = chosen('BENCH_SCHEMA', ['16', '1026'], '16') === '16' ? 16 : 1026
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9)
const zone = 'UTC'

printMachine()
const kept = process.env['BENCH_CATALOG']
const folder = kept ?? mkdtempSync(join(tmpdir(), 'pollux-catalog-'))
process.once('exit', () => {
  if (!kept) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
const server = await startCatalog(kind, folder, { size: catalogSizes[size], shape })
try {
  console.log(`catalog: ${size}, schema ${shape}, ${server.version}`)
  const pages = await measureReadings(server)
  await measurePages(server, pages)
  await measurePeers(server, pages)
} finally {
  await server.stop()
}
process.exit(0)

type Bare = Awaited<ReturnType<BenchCatalog['connect']>>

interface PageFigures {
  name: string
  path: string
  /** Its questions, as the bare driver takes them. */
  own: readonly string[]
  readingMs: number
}

function chosen<Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
  const text = process.env[name] || otherwise
  const found = choices.find((choice) => choice === text)
  if (!found) throw new Error(`expected ${name} to be ${choices.join(' or ')}, got ${text}`)
  return found
}

/** Figures of the usual server keep their names. */
function figureName(page: string, to: string): string {
  const variant = kind === 'mariadb' && shape === 16 ? '' : `-${kind}-${shape}`
  return `catalog${variant}-${page.replace(/[ ,]+/g, '-')}-${to}`
}

/** Each page's questions, counted; then the reading against its own SQL by the bare driver, in turns. */
async function measureReadings({ place, literal, dialect, connect }: BenchCatalog): Promise<PageFigures[]> {
  const sort = { descending: true } as const
  const volumes =
    (filter: Parameters<typeof listVolumes>[1]['filter'], page = 1) =>
    async (of: CatalogReading) => {
      await volumeChoices(of)
      await listVolumes(of, { filter, sort: { by: 'written', ...sort }, page })
    }
  const jobs = (params: Record<string, string>) => async (of: CatalogReading) => {
    await listJobs(of, { filter: readJobFilter(params), sort: { by: 'id', ...sort }, page: 1, pageSize: 50 })
    await jobChoices(of)
  }
  const pages: [name: string, path: string, read: (of: CatalogReading) => Promise<unknown>][] = [
    ['overview', '', (of) => readOverview(of, { span: 30 })],
    ['pools', '/pools', (of) => listPools(of)],
    ['volumes', '/volumes', volumes({})],
    ['volumes, page 900', '/volumes?page=900', volumes({}, 900)],
    ['volumes prunable now', '/volumes?prune=now', volumes({ prune: 'now' })],
    ['jobs', '/jobs', jobs({})],
    ['failed jobs of 30 days', '/jobs?status=failed&since=30d', jobs({ status: 'failed', since: '30d' })],
    [
      'clients',
      '/clients',
      (of) => listClients(of, { search: '', windowDays: 30, pageSize: 50, sort: { by: 'good', ...sort }, page: 1 }),
    ],
  ]
  const bare = await connect()
  const found: PageFigures[] = []
  try {
    await withReader(place, async (reader) => {
      for (const [name, path, read] of pages) {
        const texts: string[] = []
        const asked: CatalogReading = {
          ...{ catalogId: 'bench', name: 'bench', dialect, schema: schemaByVersion('bacula', shape), zone },
          ...{ now: Date.now(), limits: defaultHealthLimits, isSample: false, directorHostId: null },
          ask(question, options) {
            texts.push(textOf(question, literal))
            return reader.ask(question, { timeoutMs: 300_000, ...options })
          },
        }
        await read(asked)
        const own = [...texts]
        const sqlMs: number[] = []
        const readingMs: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          sqlMs.push(await timed(() => askAll(bare, own)))
          readingMs.push(await timed(() => read(asked)))
        }
        const touchesFiles = own.some((text) => /\b(?:FROM|JOIN)\s+(?:File|Filename|Path)\b/.test(text))
        if (touchesFiles) throw new Error(`expected ${name} to leave File, Filename and Path alone`)
        found.push({ name, path, own, readingMs: median(readingMs) })
        console.log(
          `  ${name.padEnd(24)} ${own.length} questions, SQL ${ms(median(sqlMs))}, reading ${ms(median(readingMs))}`,
        )
      }
    })
  } finally {
    await bare.end()
  }
  return found
}

async function askAll(bare: Bare, texts: readonly string[]): Promise<void> {
  for (const text of texts) await bare.rows(text)
}

/**
 * The same as a browser gets them: a Pollux started as ever, its pages fetched whole with a person's session. Each round
 * is the page's SQL by the bare driver, the page, and its SQL again.
 */
async function measurePages(catalog: BenchCatalog, pages: readonly PageFigures[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pollux-bench-'))
  const catalogId = await connectBench(dataDir, catalog)
  const pollux = await startPollux(dataDir)
  const bare = await catalog.connect()
  try {
    const cookie = await sessionCookie(pollux)
    const before = megabytes(pollux.pid())
    for (const page of pages) {
      const url = `${pollux.url}/backups/${catalogId}${page.path}`
      const get = async () => {
        const answer = await fetch(url, { headers: { cookie } })
        const text = await answer.text()
        if (!answer.ok || text.includes('catalog-trouble'))
          throw new Error(`expected ${url} to be a page, got ${answer.status}`)
      }
      await get()
      const sql = () => timed(() => askAll(bare, page.own))
      const taken: Round[] = []
      for (let round = 0; round < rounds; round += 1) taken.push([await sql(), await timed(get), await sql()])
      const compared = compareRounds(taken)
      const [least, most] = compared.spread.map((ratio) => ratio.toFixed(2))
      console.log(
        `  ${page.name.padEnd(24)} page ${ms(compared.ours)}, its SQL ${ms(compared.baseline)} (${least} to ${most})`,
      )
      printFigure(figureName(page.name, 'to-its-sql'), compared.ratio, 1.5)
    }
    const after = megabytes(pollux.pid())
    console.log(`  memory of the server ${before} MB before, ${after} MB after ${pages.length * (rounds + 1)} pages`)
  } finally {
    await bare.end()
    await pollux.remove()
  }
}

async function connectBench(dataDir: string, { dialect, port, account }: BenchCatalog): Promise<string> {
  process.env['POLLUX_DATA'] = dataDir
  await prepareData()
  const place = {
    way: 'direct',
    dialect,
    address: '127.0.0.1',
    port: String(port),
    database: account.database,
    tls: 'off',
  } as const
  const { catalogId } = await addCatalog(systemCtx('bench'), {
    ...{ name: 'bench', zone, directorHostId: null, consoleConfig: null, isZoneRead: false },
    place: { ...place, account: { kind: 'own', login: account.user, password: account.password } },
  })
  await runShutdown(10_000)
  return catalogId
}

/** Questions of the shape that other dashboards send for the same screens, written anew; each with its page of ours. */
async function measurePeers({ connect }: BenchCatalog, pages: readonly PageFigures[]): Promise<void> {
  const bare = await connect()
  const rowsOf = (text: string) => bare.rows(text)
  const peers: [name: string, page: string, ask: () => Promise<number>][] = [
    [
      'pools, one question for each pool (1+N)',
      'pools',
      async () => {
        const all = await rowsOf('SELECT PoolId, Name FROM Pool')
        for (const [poolId] of all)
          await rowsOf(`SELECT COUNT(*), SUM(VolBytes) FROM Media WHERE PoolId = ${Number(poolId)}`)
        return all.length + 1
      },
    ],
    [
      'volumes, every row of Media to the dashboard',
      'volumes',
      async () => {
        await rowsOf(
          'SELECT m.*, p.Name AS pool FROM Media m LEFT JOIN Pool p ON p.PoolId = m.PoolId ORDER BY m.VolumeName',
        )
        return 1
      },
    ],
    [
      'jobs, every row of Job to the dashboard',
      'jobs',
      async () => {
        await rowsOf(
          'SELECT j.*, c.Name AS client FROM Job j LEFT JOIN Client c ON c.ClientId = j.ClientId ORDER BY j.JobId DESC',
        )
        return 1
      },
    ],
    [
      'clients, the last jobs of each client (1+N)',
      'clients',
      async () => {
        const all = await rowsOf('SELECT ClientId FROM Client')
        for (const [clientId] of all)
          await rowsOf(
            `SELECT JobStatus, MAX(EndTime), SUM(JobBytes) FROM Job WHERE ClientId = ${Number(clientId)} AND Type = 'B' GROUP BY JobStatus`,
          )
        return all.length + 1
      },
    ],
  ]
  try {
    for (const [name, page, ask] of peers) {
      let questions = await ask()
      const taken: number[] = []
      for (let round = 0; round < 3; round += 1)
        taken.push(
          await timed(async () => {
            questions = await ask()
          }),
        )
      const ours = pages.find((one) => one.name === page)
      console.log(
        `  ${name}: ${questions} questions, ${ms(median(taken))}; ours ${ours?.own.length} questions, ${ms(ours?.readingMs ?? 0)}`,
      )
      printFigure(figureName(page, 'to-peers'), (ours?.readingMs ?? 0) / median(taken), null)
    }
  } finally {
    await bare.end()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** What a process holds now, in MB (VmRSS of proc(5)). */
function megabytes(pid: number): number {
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  return Math.round((kib * 1024) / 1e6)
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}
