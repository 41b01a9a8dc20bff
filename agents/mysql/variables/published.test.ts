import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseServerVersion, type ServerVersion } from '../version'
import { parseSize } from './size'
import { table } from './table'
import { knownNames, ruleFor } from './variable-rule'

/** What `--no-defaults --help --verbose` and information_schema.SYSTEM_VARIABLES of Debian's binaries said. */
const measured = [
  ['10.5', '10.5.23-MariaDB'],
  ['10.11', '10.11.19-MariaDB'],
  ['11.8', '11.8.9-MariaDB'],
] as const

function linesOf(file: string): string[] {
  return readFileSync(new URL(`published/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
}

function versionOf(text: string): ServerVersion {
  const version = parseServerVersion(text)
  if (version === null) throw new Error(`expected a version, got ${text}`)
  return version
}

describe.each(measured)('MariaDB %s', (series, text) => {
  const version = versionOf(text)
  const options = new Set(linesOf(`mariadb-${series}.txt`))
  const rows = new Map(linesOf(`mariadb-${series}.rows.txt`).map((line) => [line.split('\t')[0], line.split('\t')]))

  it('knows the options that the table says, and no others of the table', () => {
    const taken = table.flatMap(({ name }) =>
      options.has(name) || rows.get(name)?.[1] === 'does nothing' ? [name] : [],
    )
    expect(knownNames(version)).toEqual(taken.sort())
  })

  it('does nothing with what was removed', () => {
    const removed = [...rows.values()].filter(([, state]) => state === 'does nothing').map(([name]) => name)
    expect(removed.length).toBeGreaterThan(0)
    for (const name of removed) expect([name, ruleFor(name ?? '', version)?.doesNothing]).toEqual([name, true])
  })

  it('has every row of the table in its list', () => expect([...rows.keys()]).toEqual(table.map((r) => r.name).sort()))

  const numbers = [...rows.values()].filter((fields) => fields.length > 2)
  it.each(numbers)(
    '%s: default, bounds, block and whether SET GLOBAL works',
    (name, standard, min, max, block, when) => {
      const rule = ruleFor(name ?? '', version)
      if (!rule) throw new Error(`expected a row of ${name}`)
      const isNumber = ['size', 'integer', 'real'].includes(rule.kind)
      if (rule.default !== null)
        expect(isNumber ? parseSize(rule.default) : rule.default).toBe(isNumber ? Number(standard) : standard)
      if (isNumber) {
        expect(rule.min).toBe(Number(min))
        expect(rule.max).toBe(Number(max) > Number.MAX_SAFE_INTEGER ? null : Number(max))
        expect(rule.block).toBe(Math.max(1, Number(block) || 1))
      }
      expect(rule.isDynamic).toBe(when === 'dynamic')
    },
  )
})
