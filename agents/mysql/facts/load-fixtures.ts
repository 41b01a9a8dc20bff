import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSaid } from './parse-said'
import type { Said } from './said-facts'

/** What the clients of these versions wrote when they were asked the question; MySQL 5.0 by hand, after its manual. */
export const ANSWERED = ['mariadb-10.5', 'mariadb-10.11', 'mariadb-11.8', 'mysql-9.7', 'mysql-5.0'] as const

/** One answer of `fixtures/`, for tests. */
export function loadAnswer(name: (typeof ANSWERED)[number]): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8')
}

/** One answer, understood. */
export function loadSaid(name: (typeof ANSWERED)[number]): Said {
  const said = parseSaid(loadAnswer(name))
  if (said.state === 'not-read') throw new Error(`${name}: ${said.detail}`)
  return said.value
}
