import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, type Page, test } from '@playwright/test'
import { hostExec } from '@/e2e/lab/lab'
import { startFilledPollux } from './filled-pollux'
import { lookAt } from './look-at'
import type { Pollux } from './pollux'
import { admin, makeFirstAdmin } from './sign-up'

test.describe.configure({ mode: 'serial' })

const host = 'alder'
const run = promisify(execFile)

let pollux: Pollux
let page: Page
let token = ''

test.beforeAll(async ({ browser }) => {
  await hostExec(host, ['sh', '-c', 'ip addr del 192.0.2.77/32 dev eth0 2>&1; rm -rf /var/lib/pollux'])
  pollux = await startFilledPollux()
  page = await browser.newPage()
  await makeFirstAdmin(page, pollux)
})
test.afterAll(() => pollux?.remove())

async function makeToken(name: string, role: string): Promise<string> {
  await page.goto(`${pollux.url}/settings/tokens`)
  await page.getByLabel('What it is for').fill(name)
  await page.getByLabel('Role').selectOption(role)
  await page.getByLabel('Your password').fill(admin.password)
  await page.getByRole('button', { name: 'Make token' }).click()
  return (
    (await page
      .getByRole('status')
      .getByText(/^pollux_/)
      .textContent()) ?? ''
  )
}

test('a token is made, shown once, and listed', async () => {
  token = await makeToken('the docs', 'admin')
  expect(token).toMatch(/^pollux_[\w-]{43}$/)
  await expect(page.getByRole('row', { name: /the docs/ })).toContainText('never used')
  await lookAt(page, 'settings-tokens-made')
  await page.reload()
  await expect(page.getByRole('row', { name: /the docs/ })).toBeVisible()
  expect(await page.content()).not.toContain(token)
  await lookAt(page, 'settings-tokens')
})

test('every example of docs/api.md does what it says, from a plan to its way back', async () => {
  const { hosts } = await (await api('/api/v1/hosts')).json()
  const hostId = hosts.find((each: { name: string }) => each.name === host)?.id
  const env: Record<string, string> = { POLLUX: pollux.url, TOKEN: token, HOST_ID: hostId }
  const examples = [...readFileSync('docs/api.md', 'utf8').matchAll(/```sh\n(.*?)```/gs)].map((match) => match[1] ?? '')
  const seen: Record<string, unknown>[] = []
  for (const example of examples) {
    const answer = await runExample(example, env)
    seen.push(answer)
    if (example.includes('failover-ip')) env['CHANGE'] = String(answer['changeId'])
    if (typeof answer['digest'] === 'string') env['DIGEST'] = answer['digest']
    if (example.includes('/approve')) await ended(Number(env['CHANGE']), 'applied')
  }
  const [list, description, facts, plan, change, approval, revert, changes, backups, audit] = seen
  expect(list).toMatchObject({ hosts: expect.arrayContaining([expect.objectContaining({ name: host })]) })
  expect(description).toMatchObject({ openapi: '3.1.1' })
  expect(facts).toMatchObject({ name: host, facts: { addresses: { state: 'read' } } })
  expect(plan).toEqual({ changeId: expect.any(Number) })
  expect(change).toMatchObject({ state: 'planned', approvalRefusal: null, hosts: [{ name: host }] })
  expect(approval).toEqual({})
  expect(revert).toEqual({ changeId: Number(env['CHANGE']) + 1 })
  expect(changes).toMatchObject({ total: 1, changes: [{ outcome: 'applied' }] })
  expect(backups).toEqual({ catalogs: expect.any(Array) })
  expect(audit).toMatchObject({ total: 2, rows: [{ actor: 'Ada (token the docs)' }, {}] })
})

test('the way back is approved and applied by a token too, and its journal and proof are read', async () => {
  const { changes } = await (await api('/api/v1/changes?state=planned')).json()
  const id = changes[0].id
  const { digest } = await (await api(`/api/v1/changes/${id}`)).json()
  expect((await api(`/api/v1/changes/${id}/approve`, { digest: 'd'.repeat(64) })).status).toBe(409)
  expect((await api(`/api/v1/changes/${id}/approve`, { digest })).status).toBe(200)
  const change = await ended(id, 'applied')
  expect(change.journal.length).toBeGreaterThan(3)
  expect(change.proofs.every((proof: { verdict: string }) => proof.verdict === 'yes')).toBe(true)
})

test('an ended token is taken no more', async () => {
  await page.goto(`${pollux.url}/settings/tokens`)
  await expect(page.getByRole('row', { name: /the docs/ })).not.toContainText('never used')
  await page.getByRole('button', { name: 'End the token for the docs' }).click()
  await expect(page.getByRole('heading', { name: 'No token yet' })).toBeVisible()
  expect((await api('/api/v1/hosts')).status).toBe(401)
})

function api(path: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return fetch(
    pollux.url + path,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  )
}

async function runExample(example: string, env: Record<string, string>): Promise<Record<string, unknown>> {
  const { stdout } = await run('sh', ['-eu', '-c', example], { env: { ...process.env, ...env } })
  return JSON.parse(stdout)
}

/** The change once it has ended so. */
async function ended(id: number, outcome: string) {
  const read = async () => (await api(`/api/v1/changes/${id}`)).json()
  await expect.poll(async () => (await read()).state, { timeout: 300_000 }).toBe('ended')
  const change = await read()
  expect([change.outcome, change.detail]).toEqual([outcome, change.detail])
  return change
}
