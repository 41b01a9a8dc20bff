import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { cutLink, hostExec, restoreLink } from '@/e2e/lab/lab'
import { makeDataDir, type Pollux, startPollux } from './pollux'
import { makeFirstAdmin } from './sign-up'

// Changes that carry secrets, on every page that shows them: nothing that the browser gets and nothing in the server's
// log holds one of them.
test.describe.configure({ mode: 'serial' })

let pollux: Pollux
let page: Page
/** What was logged before this Pollux was started. */
let seedLog = ''
/** Every answer that the browser got: its address and its bytes. */
const answers: Promise<{ url: string; body: string }>[] = []

const [inFile, inInput] = ['plantedInAFile7b1', 'plantedInput7b1 "$[x]\\']
// One word each, so that no way of writing it down, and no diff by words, takes it apart.
const needles = ['plantedInAFile7b1', 'plantedInput7b1'].flatMap((word) => [word, Buffer.from(word).toString('hex')])
const hosts = ['alder', 'birch', 'cedar']

test.beforeAll(async ({ browser }) => {
  process.env.POLLUX_LOG = 'debug'
  const dataDir = makeDataDir()
  const seed = ['scripts/start.mjs', '--run', 'e2e/browser/seed-secrets.ts', inFile, inInput]
  const env = { ...process.env, POLLUX_DATA: dataDir }
  const { status, stdout, stderr } = spawnSync(process.execPath, seed, { encoding: 'utf8', env })
  seedLog = stdout + stderr
  expect(status, seedLog).toBe(0)
  // Until somebody looks at its page, so that the browser's connections are older than the question.
  await cutLink('birch')
  pollux = await startPollux(dataDir)
  page = await (await browser.newContext()).newPage()
  page.on('response', (response) => {
    // A stream has no end to wait for; it is asked for plainly. A redirect has no body.
    if (response.url().includes('/stream') || (response.status() >= 300 && response.status() < 400)) return
    const body = response.body().then(
      (bytes) => bytes.toString('utf8'),
      () => 'left before it came',
    )
    answers.push(body.then((text) => ({ url: response.url(), body: text })))
  })
  await makeFirstAdmin(page, pollux)
})
test.afterAll(async () => {
  delete process.env.POLLUX_LOG
  await restoreLink('birch')
  await pollux?.remove()
  for (const host of hosts) await hostExec(host, ['sh', '-c', 'rm -rf /var/lib/pollux /etc/managed.conf'])
})

/** A plain request with the browser's session: how its answer is told among the others. */
async function ask(path: string): Promise<void> {
  const answer = await page.request.get(`${pollux.url}${path}`)
  expect(answer.ok(), path).toBe(true)
  answers.push(answer.text().then((body) => ({ url: path, body })))
}

async function open(path: string): Promise<void> {
  await page.goto(`${pollux.url}${path}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const isDone = () => expect(page.getByRole('status').filter({ hasText: /^Done/ })).toBeVisible()

test('a person confirms over a new connection, whatever his browser kept', async () => {
  await open('/changes/4')
  const streamed = ask('/api/changes/4/stream?after=0')
  const keep = page.getByRole('button', { name: 'I still reach it: keep the change' })
  // Asked before Pollux was killed: that word would count for nothing.
  await expect(page.getByRole('button', { name: 'Give 2 more minutes' })).toBeVisible()
  await expect(keep).toBeHidden()
  await restoreLink('birch')
  await keep.click()
  await isDone()
  await streamed
  await expect(page.getByText('Ada confirmed it over a new connection from 127.0.0.1')).toBeVisible()
})

test('the revert of a change with secrets is planned, approved and applied', async () => {
  await open('/changes/1')
  await page.getByRole('button', { name: 'Plan the revert of #1' }).click()
  await page.waitForURL(`${pollux.url}/changes/5`)
  await page.getByRole('button', { name: 'Approve and apply' }).click()
  await isDone()
  expect((await hostExec('alder', ['cat', '/etc/managed.conf'])).stdout).toBe('old\n')
})

test('no secret is in what the browser gets, in the server’s log, or in the store', async () => {
  for (const path of ['/', '/changes', '/activity', '/hosts', '/settings']) await open(path)
  for (const id of [1, 2, 3, 4, 5]) {
    await open(`/changes/${id}`)
    await open(`/changes/${id}/script`)
    await ask(`/api/changes/${id}/journal`)
    if (id !== 3) await ask(`/api/changes/${id}/stream?after=0`)
  }
  await open('/changes')
  // A click, so that the page comes as data for the one that stands.
  await page.getByRole('table', { name: 'Changes' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/changes\/\d+$/)
  await ask('/api/palette')
  const got = await Promise.all(answers)
  const shown = got.map(({ body }) => body).join('\n')
  // It was looked at where they stand: in the diff, in the output that the journal holds, and in a title.
  for (const seen of ['password = ••••••', 'said: ••••••', 'Tell ••••••']) expect(shown).toContain(seen)
  expect(got.some(({ url }) => url.includes('_rsc='))).toBe(true)
  const log = seedLog + pollux.log()
  expect(log).toContain('change taken up')
  const store = readdirSync(pollux.dataDir).filter((file) => file.startsWith('pollux.'))
  expect(store.length).toBeGreaterThan(0)
  const places = [
    ...got,
    { url: 'the log', body: log },
    ...store.map((file) => ({ url: file, body: readFileSync(join(pollux.dataDir, file), 'latin1') })),
  ]
  const found = places.flatMap(({ url, body }) =>
    needles.filter((needle) => body.includes(needle)).map((needle) => `${url} holds ${needle}`),
  )
  expect(found).toEqual([])
})
