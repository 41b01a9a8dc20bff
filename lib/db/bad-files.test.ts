import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { toScreen } from '@/lib/action/to-screen'
import { storeFile } from '@/lib/config/data-dir'
import { forgetSingles } from '@/lib/config/single'
import { read, work } from '@/lib/db'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { prepareData } from '@/lib/server/prepare-data'
import { makeHost } from '@/prisma/factories'
import { store } from './client'
import { withTestStore } from './test-store'

const test = withTestStore()

async function closed(): Promise<void> {
  await store().$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`
  await store().$disconnect()
  forgetSingles()
}

async function refusal(): Promise<string> {
  const { userMessage } = await refusalOf(prepareData())
  return userMessage ?? ''
}

it.each([
  ['its last page', -1],
  ['half of it', 0.5],
  ['all but its header', 200],
])('a store that lost %s is refused with a sentence, and left as it is', async (_, keep) => {
  await prepareData()
  await makeHost(store(), { name: 'umber' })
  await closed()
  const size = readFileSync(storeFile()).length
  truncateSync(storeFile(), keep < 0 ? size + keep : keep < 1 ? Math.floor(size * keep) : keep)
  const cut = readFileSync(storeFile())
  expect(await refusal()).toMatch(/damaged or cut short.*npm run restore/)
  expect(readFileSync(storeFile()).equals(cut)).toBe(true)
})

it('a store that is no database is refused with a sentence, and left as it is', async () => {
  await closed()
  writeFileSync(storeFile(), 'this is a text of somebody, and no database at all. '.repeat(40))
  const text = readFileSync(storeFile())
  expect(await refusal()).toMatch(/damaged or cut short/)
  expect(readFileSync(storeFile()).equals(text)).toBe(true)
})

// A tmpfs in a mount namespace of its own: the machine's disks are not filled.
const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0

it.skipIf(!canMount)(
  'a full disk: a sentence at work, at a backup and at a start, nothing lost, and it goes on when there is room',
  () => {
    const dir = join(test.current().dir, 'full')
    mkdirSync(dir)
    const script = join(test.current().dir, 'fill.ts')
    writeFileSync(script, fillScript)
    const sh = `mount -t tmpfs -o size=3m none "${dir}" && POLLUX_DATA="${dir}" exec "${process.execPath}" --import tsx "${script}"`
    const ended = spawnSync('unshare', ['--mount', 'sh', '-c', sh], { encoding: 'utf8' })
    expect(ended.stderr.replaceAll(/^\{.*\}$/gm, '').trim()).toBe('')
    const said = JSON.parse(ended.stdout) as Record<string, unknown>
    expect(said['atWork']).toMatch(/no room left on the disk.*Nothing of this was kept/)
    expect(said['start']).toMatch(/no room left on the disk/)
    expect(said['backup']).toMatch(/takes up to .* has .* left. Make room/)
    expect(said).toMatchObject({ keptWhole: true, again: true })
  },
)

/** Runs in the small disk: fills it, asks Pollux to write, makes room, and looks. */
const fillScript = `
import { rmSync, writeFileSync } from 'node:fs'
import { toScreen } from '${process.cwd()}/lib/action/to-screen'
import { makeBackup } from '${process.cwd()}/lib/backup/make-backup'
import { forgetSingles } from '${process.cwd()}/lib/config/single'
import { read, work } from '${process.cwd()}/lib/db'
import { prepareData } from '${process.cwd()}/lib/server/prepare-data'
async function main() {
  const ctx = { actor: { kind: 'system', name: 'pollux' }, requestId: 'test' } as const
  const ballast = process.env.POLLUX_DATA + '/ballast'
  await prepareData()
  try { writeFileSync(ballast, Buffer.alloc(8e6)) } catch {}
  const put = (key: string, n: number) => work(async (tx) => {
    for (let i = 0; i < n; i += 1) await tx.setting.create({ data: { key: key + i, value: 'x'.repeat(20_000) } })
  })
  const said: Record<string, unknown> = {}
  said.atWork = await put('full', 150).then(() => 'kept', (error) => toScreen(ctx, error).message)
  said.keptWhole = (await read((tx) => tx.setting.count({ where: { key: { startsWith: 'full' } } }))) === 0
  said.backup = await makeBackup().then(() => 'made', (error) => error.userMessage)
  process.env.POLLUX_DATA += '/second'
  forgetSingles()
  said.start = await prepareData().then(() => 'served', (error) => error.userMessage)
  process.env.POLLUX_DATA = process.env.POLLUX_DATA.replace('/second', '')
  forgetSingles()
  rmSync(ballast, { force: true })
  await put('room', 2)
  said.again = (await read((tx) => tx.setting.count({ where: { key: { startsWith: 'room' } } }))) === 2
  console.log(JSON.stringify(said))
  process.exit(0)
}
void main()
`

it('what the store says of its file reaches the person as a sentence, anything else as an id', async () => {
  const ctx = someone('admin')
  await closed()
  writeFileSync(storeFile(), 'no database '.repeat(400))
  const error = await work((tx) => tx.setting.count()).catch((thrown: unknown) => thrown)
  expect(toScreen(ctx, error).message).toMatch(/damaged or cut short/)
  expect(toScreen(ctx, new Error('something')).message).toMatch(/did not expect/)
  await expect(read((tx) => tx.setting.count())).rejects.toThrow()
})
