import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hold } from './hold.mjs'

it('lets many share or one be alone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-hold-'))
  const file = join(dir, 'cache/lock')
  const shared = await Promise.all([hold(file, 'shared'), hold(file, 'shared')])
  expect(shared).not.toContain(null)
  expect(await hold(file, 'alone')).toBeNull()
  for (const held of shared) held?.release()
  const alone = await hold(file, 'alone')
  expect(alone).not.toBeNull()
  expect(await hold(file, 'shared')).toBeNull()
  expect(await hold(file, 'alone')).toBeNull()
  alone?.release()
  expect(await hold(file, 'shared')).not.toBeNull()
  rmSync(dir, { recursive: true })
})
