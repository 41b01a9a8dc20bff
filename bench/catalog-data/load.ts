// tsx bench/catalog-data/load.ts SIZE SCHEMA [--server mariadb|postgres] [--folder F]: fills a server of its own with a
// generated catalog and says how long it took. With --folder the data stays there, for the same program to serve again.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytesText } from '@/lib/catalog/rules'
import { printMachine } from '../report'
import { catalogOptions, readWords } from './command-words'
import { type FilledTable, fillCatalog } from './fill-catalog'
import { startMariadb } from './mariadb'
import { startPostgres } from './postgres'

const { words, flags } = readWords(process.argv.slice(2), ['now', 'seed', 'server', 'folder'])
const options = catalogOptions(words, flags)
const kind = flags.get('server') ?? 'mariadb'
if (kind !== 'mariadb' && kind !== 'postgres') throw new Error(`expected the server mariadb or postgres, got ${kind}`)
const wanted = flags.get('folder')
if (wanted) mkdirSync(wanted, { recursive: true })
const folder = wanted ?? mkdtempSync(join(tmpdir(), 'pollux-catalog-'))
// The server and its files end with this process, however that ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
process.once('exit', () => {
  if (!wanted) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

printMachine()
const server = await (kind === 'mariadb' ? startMariadb : startPostgres)(folder)
try {
  const version = (await server.run('SELECT VERSION()')).trim().split(' on ')[0]
  console.log(`${words[0]} catalog, schema ${options.shape}, in ${kind} ${version}, as it comes`)
  console.log(`${'table'.padEnd(10)} ${'rows'.padStart(12)} ${'seconds'.padStart(9)} ${'rows/s'.padStart(10)}`)
  const begun = performance.now()
  let all = 0
  await fillCatalog(server, 'bacula', options, (table) => {
    all += table.rows
    printRow(table)
  })
  printRow({ name: 'all', rows: all, seconds: (performance.now() - begun) / 1000 })
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`on disk ${bytesText(await server.bytesOf('bacula'))}; memory of this process at its most ${memory} MiB`)
} finally {
  await server.stop()
}
if (wanted) console.log(`The data lies in ${server.data}.`)

function printRow({ name, rows, seconds }: FilledTable): void {
  const speed = Math.round(rows / Math.max(seconds, 0.001))
  console.log(`${name.padEnd(10)} ${show(rows, 12)} ${seconds.toFixed(1).padStart(9)} ${show(speed, 10)}`)
}

function show(number: number, width: number): string {
  return number.toLocaleString('en-US').padStart(width)
}
