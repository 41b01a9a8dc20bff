import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { tableName } from './desired'
import { tableCommand } from './script'
import { tableInCondition } from './table-name'

let folder: string
// A client that notes what it is given and answers as a server does that has the table.
const client = (log: string) => `#!/bin/sh
given=$(cat; echo .)
printf '%s\\n' "\${given%.}" >>${log}
case $given in
*IFNULL*ENGINE*) echo MyISAM ;;
*CHECK*) printf 'a.b\\tcheck\\tstatus\\tOK\\n' ;;
esac
`
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convert-'))
  writeFileSync(join(folder, 'mysql'), client(join(folder, 'log')))
  chmodSync(join(folder, 'mysql'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

const piece = fc.oneof(
  fc.constantFrom('`', "'", '"', '$(touch x)', '; rm', '--', '#', '/*', '*/', '%s', '$1', 'é', ' ', '&', '|', '>'),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
)
const name = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''))
const table = fc.record({ schema: name, name }).filter((one) => tableName.safeParse(one).success)
const identifier = /^CHECK TABLE `((?:[^`]|``)+)`\.`((?:[^`]|``)+)` MEDIUM;$/m

it('hands a name to the server as one identifier and one condition, and to no shell', () => {
  fc.assert(
    fc.property(table, (one) => {
      writeFileSync(join(folder, 'log'), '')
      const [program, ...words] = tableCommand('look', one, ['mysql', '--batch'], null)
      const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }
      const ran = spawnSync(program, words, { env, cwd: folder, input: 'SELECT 1;\n', encoding: 'utf8' })
      const log = readFileSync(join(folder, 'log'), 'utf8')
      const [, schema = '', of = ''] = identifier.exec(log) ?? []
      expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, '', ''])
      expect({ schema: schema.replaceAll('``', '`'), name: of.replaceAll('``', '`') }).toEqual(one)
      expect(tableInCondition(log)).toEqual(one)
    }),
    { numRuns: 10 },
  )
}, 90_000)
