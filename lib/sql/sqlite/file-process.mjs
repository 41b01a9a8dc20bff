// Asks one SQLite file, as a process of its own: the driver works synchronously, cannot be interrupted from outside, and
// ends its whole process on bytes that it does not expect. Started by `open-file.ts`, with the file's URL as its argument.
import { createRequire } from 'node:module'

// The driver comes with its client, wherever npm put it.
const Database = createRequire(createRequire(import.meta.url).resolve('@libsql/client'))('libsql')

/** @param {unknown} error */
function told(error) {
  const { rawCode, message } = error instanceof Error ? error : new Error(String(error))
  return { error: { rawCode: typeof rawCode === 'number' ? rawCode : null, message } }
}

function open() {
  const database = new Database(`${process.argv[2]}?mode=ro`)
  database.prepare('PRAGMA busy_timeout = 5000').all()
  // A view in the file shall do no more than read it.
  database.prepare('PRAGMA trusted_schema = 0').run()
  // Against what is no part of the file: other files that a statement would make.
  database.prepare('PRAGMA query_only = 1').run()
  database.prepare('SELECT count(*) FROM sqlite_master').all()
  return database
}

/** Answers one message: `columns` gives the names of a question's columns, `rows` its rows, of which every cell is bytes. */
function answer(database, { kind, text }) {
  const statement = database.prepare(text)
  if (kind === 'columns') return { columns: statement.columns().map(({ name }) => name) }
  const rows = statement.raw(true).all()
  return { rows: rows.map((cells) => cells.map((cell) => (cell === null ? null : cell.toString('utf8')))) }
}

try {
  const database = open()
  const [[server]] = database.prepare('SELECT CAST(sqlite_version() AS BLOB)').raw(true).all()
  process.send({ server: server.toString('utf8') })
  process.on('message', (message) => {
    try {
      process.send(answer(database, message))
    } catch (error) {
      process.send(told(error))
    }
  })
  process.on('disconnect', () => process.exit())
} catch (error) {
  process.send(told(error))
  process.disconnect()
}
