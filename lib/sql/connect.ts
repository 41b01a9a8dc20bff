import { connectMysqlClient } from './client/mysql-client'
import { connectPsql } from './client/psql'
import type { Connection } from './connection'
import { connectMysql } from './mysql/mysql-connection'
import { connectPostgres } from './postgres/postgres-connection'
import { openFile } from './sqlite/open-file'
import { openHostFile } from './sqlite/open-host-file'
import { sqliteConnection } from './sqlite/sqlite-connection'
import type { SqlPlace } from './types'

/** Connects by the place's way. Throws what `SqlReader.ask` does, and what connecting to the host throws. */
export async function connect(place: SqlPlace, signal?: AbortSignal): Promise<Connection> {
  switch (place.way) {
    case 'file':
      return sqliteConnection(await openFile(place, signal))
    case 'host-file':
      return sqliteConnection(await openHostFile(place, signal))
    case 'client':
      return place.dialect === 'mysql' ? connectMysqlClient(place, signal) : connectPsql(place, signal)
    default:
      return place.dialect === 'mysql' ? connectMysql(place, signal) : connectPostgres(place, signal)
  }
}
