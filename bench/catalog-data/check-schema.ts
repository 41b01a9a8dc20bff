// tsx bench/catalog-data/check-schema.ts FILE KIND SCHEMA: holds our tables against a package's own table definitions, both
// made in a server. FILE comes out of Debian's package, and stays out of this tree:
//   apt-get download bacula-director-mysql && dpkg -x bacula-director-mysql_*.deb x
//   x/usr/share/dbconfig-common/data/bacula-director-mysql/install/mysql
// KIND is mariadb, postgres or sqlite; SCHEMA 16 or 1026. The exit code tells whether they are the same.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleSchema } from '@/lib/catalog/sample/schema'
import { runCommand } from '../run-command'
import { startMariadb } from './mariadb'
import { startPostgres } from './postgres'

const [file, kind, shape] = process.argv.slice(2)
if (!file || !kind || !shape) throw new Error('expected FILE KIND SCHEMA')
const theirs = readFileSync(file, 'utf8')

const mariadbFacts = `
  SELECT CONCAT_WS(' ', LOWER(TABLE_NAME), 'column', LPAD(ORDINAL_POSITION, 3, '0'), COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE,
    IFNULL(COLUMN_DEFAULT, '-'), IFNULL(COLLATION_NAME, '-'), EXTRA)
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
  UNION ALL
  SELECT CONCAT_WS(' ', LOWER(TABLE_NAME), 'index', IF(NON_UNIQUE, 'plain', 'unique'), INDEX_TYPE,
    GROUP_CONCAT(CONCAT(LOWER(COLUMN_NAME), IFNULL(CONCAT('(', SUB_PART, ')'), '')) ORDER BY SEQ_IN_INDEX))
  FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() GROUP BY TABLE_NAME, INDEX_NAME, NON_UNIQUE, INDEX_TYPE`

const postgresFacts = `
  SELECT concat_ws(' ', c.table_name, 'column', to_char(c.ordinal_position, '000'), c.column_name, c.data_type,
    c.character_maximum_length, c.is_nullable, coalesce(c.column_default, '-'))
  FROM information_schema.columns c WHERE c.table_schema = 'public'
  UNION ALL
  SELECT concat_ws(' ', tablename, 'index', regexp_replace(indexdef, ' INDEX \\S+ ON ', ' INDEX ON '))
  FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL
  SELECT concat_ws(' ', conrelid::regclass, 'check', pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype = 'c'
  UNION ALL
  SELECT concat_ws(' ', attrelid::regclass, 'statistics', attname, attstattarget)
  FROM pg_attribute WHERE attrelid::regclass::text IN ('path', 'filename') AND attstattarget > 0`

/** Names of tables, whatever the case; references, which SQLite does not follow, are no columns. */
const sqliteFacts = `
  SELECT lower(t.name) || ' column ' || printf('%03d', c.cid) || ' ' || c.name || ' ' || upper(c.type) || ' ' || c."notnull" || ' '
    || ifnull(c.dflt_value, '-') || ' ' || c.pk
  FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'
  UNION ALL
  SELECT lower(t.name) || ' index ' || i."unique" || ' ' || (SELECT group_concat(lower(x.name)) FROM pragma_index_info(i.name) x)
  FROM sqlite_master t, pragma_index_list(t.name) i WHERE t.type = 'table'`

const { ours, theirs: packaged } = await (kind === 'sqlite' ? inSqlite() : inServer(kind, shape))
const missing = packaged.filter((fact) => !ours.includes(fact))
const added = ours.filter((fact) => !packaged.includes(fact))
for (const fact of missing) console.log(`theirs alone: ${fact}`)
for (const fact of added) console.log(`ours alone:   ${fact}`)
const tables = (facts: readonly string[]) => new Set(facts.map((fact) => fact.split(' ')[0])).size
console.log(
  `${kind} ${shape}: ${tables(packaged)} tables and ${packaged.length} facts of theirs, ${tables(ours)} and ${ours.length} of ours`,
)
const isSame = missing.length + added.length === 0 && packaged.length > 0
console.log(isSame ? 'the same' : `${missing.length} of theirs are missing, ${added.length} of ours are not theirs`)
process.exitCode = isSame ? 0 : 1

interface Facts {
  ours: string[]
  theirs: string[]
}

async function inServer(which: string, version: string): Promise<Facts> {
  const folder = mkdtempSync(join(tmpdir(), 'pollux-schema-'))
  const server = await (which === 'mariadb' ? startMariadb : startPostgres)(folder)
  const facts = which === 'mariadb' ? mariadbFacts : postgresFacts
  const schema = readFileSync(new URL(`schema-${which}-${version}.sql`, import.meta.url), 'utf8')
  try {
    const factsOf = async (name: string, sql: string) => {
      await server.createDatabase(name)
      await server.script(name, sql)
      return linesOf(await server.run(facts, name))
    }
    return { ours: await factsOf('ours', schema), theirs: await factsOf('theirs', theirs) }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function inSqlite(): Promise<Facts> {
  const facts = async (sql: string) =>
    linesOf(
      (await runCommand(['sqlite3', ':memory:', `${sql.replaceAll(/^PRAGMA .*$/gm, '')}\n${sqliteFacts};`])).stdout,
    )
  return { ours: await facts(sampleSchema()), theirs: await facts(theirs) }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .sort()
}
