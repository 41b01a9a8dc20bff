import { describe, expect, it } from 'vitest'
import type { RawReading } from '@/lib/agent'
import { loadAnswer } from './load-fixtures'
import { parseAsked } from './parse-asked'

const socket = '/var/run/mysqld/mysqld.sock'
const there = ['/run/mysqld/mysqld.sock']

function failed(complaint?: string): RawReading {
  const reading = { state: 'read', kind: 'text', text: '', truncated: false, exitCode: 1, branch: 0 } as const
  return complaint === undefined ? reading : { ...reading, ...{ complaint } }
}

const outcome = (reading: RawReading, listening: string[] | null) => {
  const asked = parseAsked(socket, reading, listening)
  return asked === null ? null : asked.said.state === 'read' ? 'read' : `${asked.said.why}: ${asked.said.detail}`
}

describe('a socket that was asked', () => {
  it('has a server that answered, whatever the kernel lists', () => {
    const reading = { ...failed(), text: loadAnswer('mariadb-10.5'), exitCode: 0 }
    expect([there, [], null].map((listening) => outcome(reading, listening))).toEqual(['read', 'read', 'read'])
  })

  it.each([
    "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)",
    "ERROR 1698 (28000): Access denied for user 'root'@'localhost'",
    "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (13)",
  ])('is denied in the server’s own words: %s', (sentence) => {
    expect(outcome(failed(sentence), there)).toBe(`denied: ${sentence}`)
    expect(outcome(failed(`ERROR 1146 (42S02) at line 9: of another\n${sentence}\n`), null)).toBe(`denied: ${sentence}`)
  })

  it.each([
    'ERROR 1040 (HY000): Too many connections',
    "ERROR 2013 (HY000): Lost connection to MySQL server at 'handshake'",
  ])('failed in the server’s own words: %s', (sentence) =>
    expect(outcome(failed(sentence), there)).toBe(`failed: ${sentence}`),
  )

  it.each([
    "ERROR 2002 (HY000): Can't connect to local server through socket '/tmp/none.sock' (2)",
    "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/run/mysqld/mysqld.sock' (111)",
    "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (111 \"Connection refused\")",
    "ERROR 2002 (HY000): Can't connect to local MySQL server through socket '/run/mysqld/mysqld.sock' (2 \"No such file or directory\")",
  ])('has no server: %s', (sentence) => expect(outcome(failed(sentence), null)).toBeNull())

  it('has none where nothing was said and the kernel lists none', () => {
    expect([outcome(failed(), []), outcome(failed(), null)]).toEqual([null, null])
    expect(outcome(failed(), there)).toBe('failed: the client ended with 1 and its words were not kept')
  })

  it('has one that was not asked where there is no client', () => {
    const reading = { state: 'not-read', why: 'no-program', detail: 'mysql is not installed' } as const
    expect([there, [], null].map((listening) => outcome(reading, listening))).toEqual([
      'no-program: mysql is not installed',
      null,
      null,
    ])
  })

  it('was cut where more came than is taken', () => {
    const reading = { ...failed(), text: loadAnswer('mariadb-10.5').slice(0, 200), exitCode: 0, truncated: true }
    expect(outcome(reading, there)).toBe('cut-off: the server said more than is taken')
  })
})
