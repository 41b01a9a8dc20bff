// tsx bench/catalog-data/generate.ts SIZE SCHEMA FOLDER [tsv|insert]: one file per table.
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { catalogOptions, readWords } from './command-words'
import { makeModel } from './model'
import { tablesOf } from './tables'
import { writeRows } from './write-rows'

const { words, flags } = readWords(process.argv.slice(2), ['now', 'seed'])
const options = catalogOptions(words, flags)
const folder = words[2]
const format = words[3] === 'insert' ? 'insert' : 'tsv'
if (!folder) throw new Error('expected SIZE SCHEMA FOLDER, got no folder')
mkdirSync(folder, { recursive: true })
const model = makeModel(options)
for (const { name, columns, rows } of tablesOf(options.shape)) {
  const begun = performance.now()
  const file = join(folder, `${name}.${format === 'tsv' ? 'tsv' : 'sql'}`)
  await pipeline(Readable.from(writeRows(format, name, columns, rows(model))), createWriteStream(file))
  console.log(
    `${name.padEnd(10)} ${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${columns.join(',')}`,
  )
}
console.log(`resident memory at its most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
