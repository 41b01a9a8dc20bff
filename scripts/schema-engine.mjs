// Prisma's schema engine from its WebAssembly package, for machines where the engine's binary can't be downloaded.
// It knows SQLite only, and only `diff` is used: the app applies migrations itself (lib/db/migrate.ts).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

const prismaDir = join(dirname(fileURLToPath(import.meta.url)), '..', 'prisma')
const schemaFile = join(prismaDir, 'schema.prisma')
export const migrationsDir = join(prismaDir, 'migrations')

/**
 * Compares what the migrations make with what the schema says.
 * @returns {Promise<string | null>} the SQL that is missing, or null when they agree.
 */
export async function missingMigration() {
  const engine = await openEngine()
  const result = await engine.diff({
    from: { tag: 'migrations', ...readMigrations() },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content: readFileSync(schemaFile, 'utf8') }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return result.exitCode === 2 ? result.stdout : null
}

async function openEngine() {
  const wasmDir = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const wasm = readFileSync(join(wasmDir, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) }
  const datamodels = [[schemaFile, readFileSync(schemaFile, 'utf8')]]
  return bindings.SchemaEngine.new({ datamodels }, () => {}, shadowFactory())
}

// The engine sends whole migration scripts through executeRaw, which runs the first statement of them only.
function shadowFactory() {
  const base = new PrismaLibSql({ url: ':memory:' })
  const whole = (adapter) =>
    new Proxy(adapter, {
      get(target, key) {
        if (key === 'executeRaw')
          return async (query) =>
            query.args.length > 0 ? target.executeRaw(query) : target.executeScript(query.sql).then(() => 0)
        const value = target[key]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  return bindMigrationAwareSqlAdapterFactory({
    provider: base.provider,
    adapterName: base.adapterName,
    connect: async () => whole(await base.connect()),
    connectToShadowDb: async () => whole(await base.connectToShadowDb()),
  })
}

function readMigrations() {
  const names = readdirSync(migrationsDir).filter((name) => existsSync(join(migrationsDir, name, 'migration.sql')))
  const lockfile = join(migrationsDir, 'migration_lock.toml')
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: names.sort().map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
