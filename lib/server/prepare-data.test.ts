import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sealingKeyFile } from '@/lib/config/data-dir'
import { forgetSingles } from '@/lib/config/single'
import { withTestStore } from '@/lib/db/test-store'
import { isAppError } from '@/lib/errors'
import { makeSealingKey } from '@/lib/secrets/sealing-key'
import { makeHost } from '@/prisma/factories'
import { prepareData } from './prepare-data'

const test = withTestStore()

async function refusal(): Promise<string> {
  const error = await prepareData().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return isAppError(error) ? (error.userMessage ?? '') : `not refused: ${error}`
}

it('makes a key while the store holds nothing, and none afterwards', async () => {
  rmSync(sealingKeyFile())
  await prepareData()
  await prepareData()
  await makeHost(test.current().db)
  rmSync(sealingKeyFile())
  expect(await refusal()).toMatch(/holds data, but its sealing key .* is missing\. Put the key file back/)
})

it('refuses the key of another store', async () => {
  await prepareData()
  rmSync(sealingKeyFile())
  makeSealingKey()
  forgetSingles()
  expect(await refusal()).toMatch(/sealing key does not fit this store/)
})

it('refuses a key that others can read, or that is none', async () => {
  chmodSync(sealingKeyFile(), 0o644)
  forgetSingles()
  expect(await refusal()).toMatch(/chmod 600/)
  rmSync(sealingKeyFile())
  writeFileSync(sealingKeyFile(), 'short\n', { mode: 0o600 })
  forgetSingles()
  expect(await refusal()).toMatch(/expected 32 bytes/)
})
