// npm run generate [-- validate | format | migration NAME]
// Prisma's command line insists on an engine that these three do not use, so it gets another program in its place.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// `npm run generate -- migration NAME` says "generate" first.
const words = process.argv.slice(2)
const [verb, ...rest] = words[0] === 'generate' && words.length > 1 ? words.slice(1) : words
if (verb === 'migration') await makeMigration(rest[0])
else if (['generate', 'validate', 'format'].includes(verb ?? '')) runPrisma([verb, ...rest])
else stop('expected one of: generate, validate, format, migration NAME')

function runPrisma(argv) {
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' }
  const ended = spawnSync('node_modules/.bin/prisma', argv, { stdio: 'inherit', env })
  process.exit(ended.status ?? 1)
}

async function makeMigration(name) {
  if (!/^[a-z0-9_]+$/.test(name ?? '')) stop('expected a name for the migration, in letters, digits and _')
  const { migrationsDir, missingMigration } = await import('./schema-engine.mjs')
  mkdirSync(migrationsDir, { recursive: true })
  writeFileSync(join(migrationsDir, 'migration_lock.toml'), 'provider = "sqlite"\n')
  const sql = await missingMigration()
  if (sql === null) return console.log('The migrations already make what the schema says.')
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const dir = join(migrationsDir, `${stamp}_${name}`)
  mkdirSync(dir)
  writeFileSync(join(dir, 'migration.sql'), sql)
  console.log(`Wrote ${dir}/migration.sql`)
}

function stop(sentence) {
  console.error(sentence)
  process.exit(2)
}
