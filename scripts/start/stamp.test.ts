import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isNoSource } from './build.mjs'
import { hashOf, isFresh, writeStamp } from './stamp.mjs'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-stamp-'))
  mkdirSync(join(dir, 'app/deep'), { recursive: true })
  writeFileSync(join(dir, 'app/deep/page.tsx'), 'one')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const hash = () => hashOf([join(dir, 'app'), join(dir, 'absent.ts')], isNoSource)

it('changes with a content, a name, and a file that comes or goes', () => {
  const seen = new Set([hash()])
  const expectNew = () => {
    const now = hash()
    expect(seen.has(now)).toBe(false)
    seen.add(now)
  }
  writeFileSync(join(dir, 'app/deep/page.tsx'), 'two')
  expectNew()
  rmSync(join(dir, 'app/deep/page.tsx'))
  expectNew()
  writeFileSync(join(dir, 'app/deep/other.tsx'), 'two')
  expectNew()
  writeFileSync(join(dir, 'absent.ts'), '')
  expectNew()
})

it('stays the same for tests, texts and a second look', () => {
  const before = hash()
  writeFileSync(join(dir, 'app/deep/page.test.tsx'), 'x')
  writeFileSync(join(dir, 'app/README.md'), 'x')
  mkdirSync(join(dir, 'app/fixtures'))
  writeFileSync(join(dir, 'app/fixtures/a.json'), '{}')
  expect(hash()).toBe(before)
})

it('is fresh only for what it was made from', () => {
  const stamp = join(dir, 'stamp')
  expect(isFresh(stamp, { sources: 'a' })).toBe(false)
  writeStamp(stamp, { sources: 'a' })
  expect(isFresh(stamp, { sources: 'a' })).toBe(true)
  expect(isFresh(stamp, { sources: 'b' })).toBe(false)
})
