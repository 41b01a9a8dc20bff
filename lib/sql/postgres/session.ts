/**
 * What a session is told first. Dates and intervals in one form, the time zone stays the server's. A database that keeps
 * bytes of any encoding (SQL_ASCII) refuses to send what is no UTF-8, unless it is asked for the bytes themselves.
 */
export function postgresSession(serverEncoding: string): string[] {
  return [
    'SET default_transaction_read_only = on',
    'SET standard_conforming_strings = on',
    'SET bytea_output = hex',
    'SET datestyle = ISO',
    `SET client_encoding = ${serverEncoding === 'SQL_ASCII' ? 'SQL_ASCII' : 'UTF8'}`,
  ]
}

/** Has the server end later questions by itself. */
export function postgresTimeout(timeoutMs: number): string {
  return `SET statement_timeout = ${Math.ceil(timeoutMs)}`
}
