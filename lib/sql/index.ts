export { joinSql, type Sql, type SqlValue, sql, sqlList } from './sql'
export type { AskOptions, SqlAccount, SqlDialect, SqlPlace, SqlReader, SqlRow, SqlTls } from './types'
export { type WithReaderOptions, withReader } from './with-reader'
export { writeSqliteFile } from './write-sqlite-file'
