import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| rule '))

it('every rule of docs/security.md names a test that is there', () => {
  expect(rows.length).toBeGreaterThan(50)
  const wrong = rows.filter((row) => {
    const [, file = '', name = ''] = /· "[^"]+" \|$/.test(row) ? (/`([^`]+)` · "([^"]+)" \|$/.exec(row) ?? []) : []
    return !existsSync(file) || !readFileSync(file, 'utf8').includes(`'${name}'`)
  })
  expect(wrong).toEqual([])
})
