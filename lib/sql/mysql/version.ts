export interface MysqlVersion {
  isMariaDb: boolean
  /** 10.11.6 as 101106. */
  number: number
}

/** Reads what `VERSION()` gives: "8.0.36-0ubuntu0", "10.11.6-MariaDB-0+deb12u1". What is no version reads as the oldest. */
export function parseMysqlVersion(text: string): MysqlVersion {
  const [, major = '0', minor = '0', patch = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return { isMariaDb: /mariadb/i.test(text), number: Number(major) * 10_000 + Number(minor) * 100 + Number(patch) }
}

/** MySQL 5.5.3 was the first with four bytes for a character. */
export function mysqlCharacterSet({ number }: MysqlVersion): 'utf8mb4' | 'utf8' {
  return number >= 50503 ? 'utf8mb4' : 'utf8'
}

/**
 * What a session is told first. The time zone stays the server's: a TIMESTAMP then reads as the director wrote it. An empty
 * sql_mode lets zero dates be compared, and no answer stop at ONLY_FULL_GROUP_BY.
 */
export function mysqlSession(version: MysqlVersion): string[] {
  const { isMariaDb, number } = version
  const canOnlyRead = number >= (isMariaDb ? 100000 : 50605)
  return [
    `SET NAMES ${mysqlCharacterSet(version)}`,
    "SET SESSION sql_mode = '', group_concat_max_len = 1048576",
    ...(canOnlyRead ? ['SET SESSION TRANSACTION READ ONLY'] : []),
  ]
}

/** Has the server end later questions by itself; null where it cannot. */
export function mysqlTimeout({ isMariaDb, number }: MysqlVersion, timeoutMs: number): string | null {
  if (isMariaDb) return number >= 100101 ? `SET SESSION max_statement_time = ${timeoutMs / 1000}` : null
  return number >= 50708 ? `SET SESSION max_execution_time = ${Math.ceil(timeoutMs)}` : null
}
