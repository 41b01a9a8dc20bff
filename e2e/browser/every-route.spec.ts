import { expect, type Page, test } from '@playwright/test'
import { openActions, openHandlers, openPages, tokenHandlers } from '@/lib/auth/open-routes'
import { fillPattern, readRouteInventory } from '@/lib/auth/route-inventory'
import { type Answer, ask } from './plain-request'
import { type Pollux, startPollux } from './pollux'
import { builtRoutes, pageAloneTree } from './read-build'
import { makeFirstAdmin, signInInvited } from './sign-up'
import { tableFingerprints } from './test-table-fingerprints'

type Role = 'viewer' | 'operator' | 'admin'

/** The lowest role of every page and route handler. A new one fails the test until it is named here or is open. */
const lowestRole: Readonly<Record<string, Role>> = {
  '/': 'viewer',
  '/[...rest]': 'viewer',
  '/activity': 'admin',
  '/api/audit': 'admin',
  '/api/backups/[catalog]/[table]': 'viewer',
  '/api/backups/[catalog]/volumes/[volume]/jobs': 'viewer',
  '/api/backups/[catalog]/running/stream': 'viewer',
  '/api/changes/[id]/journal': 'viewer',
  '/api/changes/[id]/script': 'operator',
  '/api/changes/[id]/stream': 'viewer',
  '/api/meshes/[tag]/stream': 'viewer',
  '/api/palette': 'viewer',
  '/api/palette/search': 'viewer',
  '/api/v1/openapi.json': 'viewer',
  '/backups': 'viewer',
  '/backups/[catalog]': 'viewer',
  '/backups/[catalog]/clients': 'viewer',
  '/backups/[catalog]/clients/[client]': 'viewer',
  '/backups/[catalog]/jobs': 'viewer',
  '/backups/[catalog]/jobs/[job]': 'viewer',
  '/backups/[catalog]/pools': 'viewer',
  '/backups/[catalog]/pools/[pool]': 'viewer',
  '/backups/[catalog]/running': 'viewer',
  '/backups/[catalog]/running/do': 'operator',
  '/backups/[catalog]/volumes': 'viewer',
  '/backups/[catalog]/volumes/[volume]': 'viewer',
  '/backups/connect': 'admin',
  '/changes': 'viewer',
  '/changes/[id]': 'viewer',
  '/changes/[id]/script': 'operator',
  '/hosts': 'viewer',
  '/hosts/[id]': 'viewer',
  '/hosts/[id]/access': 'viewer',
  '/hosts/[id]/changes': 'viewer',
  '/hosts/[id]/edit': 'operator',
  '/hosts/[id]/first-contact': 'admin',
  '/hosts/[id]/mysql': 'viewer',
  '/hosts/[id]/network': 'viewer',
  '/hosts/[id]/services': 'viewer',
  '/hosts/[id]/storage': 'viewer',
  '/hosts/many': 'admin',
  '/hosts/new': 'admin',
  '/hosts/pairs': 'viewer',
  '/hosts/pairs/[id]': 'operator',
  '/hosts/pairs/new': 'operator',
  '/meshes': 'viewer',
  '/meshes/[tag]': 'viewer',
  '/meshes/[tag]/[a]/[b]': 'viewer',
  '/not-allowed': 'viewer',
  '/second-factor': 'viewer',
  '/settings': 'viewer',
  '/settings/catalogs': 'admin',
  '/settings/catalogs/[id]': 'admin',
  '/settings/credentials': 'admin',
  '/settings/credentials/[id]': 'admin',
  '/settings/credentials/new': 'admin',
  '/settings/connection': 'admin',
  '/settings/metrics': 'admin',
  '/settings/pause': 'admin',
  '/settings/record': 'admin',
  '/settings/tags': 'admin',
  '/settings/tokens': 'viewer',
  '/settings/users': 'admin',
  '/settings/users/[id]': 'admin',
  '/wizards': 'operator',
  '/wizards/bacula': 'operator',
  '/wizards/failover-ip': 'operator',
  '/wizards/ipsec': 'operator',
  '/wizards/mysql': 'operator',
  '/wizards/postfix': 'operator',
  '/wizards/scheduler': 'operator',
  '/wizards/sql-account': 'operator',
}

/** The lowest role of every server action that is not open. A new one fails the test until it is named here. */
const lowestRoleOfAction: Readonly<Record<string, Role>> = {
  acceptChangedKeyAction: 'admin',
  addCatalogAction: 'admin',
  addHostAction: 'admin',
  addManyHostsAction: 'admin',
  addSampleAction: 'admin',
  adoptDriftAction: 'operator',
  approveChangeAction: 'operator',
  askForApprovalAction: 'operator',
  beginSecondFactorAction: 'viewer',
  breakLockAction: 'admin',
  cancelInviteAction: 'admin',
  checkMeshAction: 'viewer',
  changeHostIdentityAction: 'admin',
  changeOwnPasswordAction: 'viewer',
  changePairAction: 'operator',
  changeRoleAction: 'admin',
  confirmHostKeyAction: 'admin',
  confirmSecondFactorAction: 'viewer',
  createCredentialAction: 'admin',
  declarePairAction: 'operator',
  dropChangeAction: 'operator',
  editCatalogAction: 'admin',
  endApiTokenAction: 'viewer',
  endPauseAction: 'admin',
  endSessionsAction: 'admin',
  finishChangeAction: 'operator',
  editHostAction: 'operator',
  giveMoreTimeAction: 'operator',
  inviteUserAction: 'admin',
  keepDraftAction: 'operator',
  keepPinnedKeyAction: 'admin',
  makeApiTokenAction: 'viewer',
  makeMetricsTokenAction: 'admin',
  makeRecoveryCodesAction: 'viewer',
  makeResetLinkAction: 'admin',
  keepChangeAction: 'operator',
  moveCatalogAction: 'admin',
  planAccountAction: 'admin',
  planChangeAction: 'operator',
  planOperationAction: 'operator',
  previewTuningAction: 'operator',
  readAgain: 'operator',
  readChosenHosts: 'operator',
  readFootprintAction: 'operator',
  readHostAction: 'operator',
  readHostsAction: 'operator',
  reapplyChangeAction: 'operator',
  removeCatalogAction: 'admin',
  removeCredentialAction: 'admin',
  removeFootprintAction: 'admin',
  removeHostAction: 'admin',
  removeMetricsTokenAction: 'admin',
  removeNamedCatalog: 'admin',
  removeNamedCredential: 'admin',
  removeNamedHost: 'admin',
  removeNamedUser: 'admin',
  removePairAction: 'operator',
  removeUserAction: 'admin',
  renameCredentialAction: 'admin',
  renameSelfAction: 'viewer',
  requireSecondFactorAction: 'admin',
  revertChangeAction: 'operator',
  revokeSessionAction: 'viewer',
  scanHostKeyAction: 'admin',
  scanHostListAction: 'admin',
  setAuditRetentionAction: 'admin',
  setHostTagsAction: 'admin',
  setLimitsAction: 'admin',
  setSshProfileAction: 'admin',
  setTwoPeopleAction: 'admin',
  setWindowsAction: 'operator',
  signOutAction: 'viewer',
  stopChangeAction: 'operator',
  swapPairAction: 'operator',
  takeSecondFactorAction: 'admin',
  testCatalogAction: 'admin',
  testHostConnectionAction: 'operator',
  turnOffSecondFactorAction: 'viewer',
}

/** Where the refusals themselves are written down. */
const beside = ['audit_row', 'sqlite_sequence']
const foreign = 'http://evil.example'

test.describe.configure({ mode: 'serial' })

let pollux: Pollux
const cookies: Record<'viewer' | 'operator', string> = { viewer: '', operator: '' }

test.beforeAll(async ({ browser }) => {
  pollux = await startPollux()
  const admin = await browser.newPage()
  await makeFirstAdmin(admin, pollux)
  for (const role of ['viewer', 'operator'] as const)
    cookies[role] = await cookiesOf(await signInInvited(browser, admin, pollux, role))
  await admin.close()
})

test.afterAll(() => pollux?.remove())

async function cookiesOf(page: Page): Promise<string> {
  const held = await page.context().cookies()
  await page.context().close()
  return held.map(({ name, value }) => `${name}=${value}`).join('; ')
}

test('every page and route handler is named: open, or with its lowest role', () => {
  const built = builtRoutes().map((route) => route.path)
  expect(built.length).toBeGreaterThan(15)
  const named = [...openPages, ...openHandlers, ...tokenHandlers, ...Object.keys(lowestRole)]
  expect(built.filter((path) => !named.includes(path))).toEqual([])
  expect(Object.keys(lowestRole).filter((path) => !built.includes(path))).toEqual([])
  const names = builtActions().map((action) => action.name)
  expect([...names].sort()).toEqual([...openActions, ...Object.keys(lowestRoleOfAction)].sort())
})

test('no page shows a stranger anything, with its layout or alone', async () => {
  for (const { path, entry } of closed('page')) {
    await test.step(path, async () => {
      const whole = await ask(pollux.url + samplePath(path))
      expect([whole.status, whole.headers.location]).toEqual([307, expect.stringMatching(/^\/sign-in/)])
      const alone = await askAlone(path, entry)
      expect(leadsTo(alone)).toMatch(/^\/sign-in/)
    })
  }
})

test('no route handler answers a stranger, whatever the method', async () => {
  for (const { path } of closed('handler'))
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      await test.step(`${method} ${path}`, async () => {
        const answer = await ask(pollux.url + samplePath(path), { method, headers: { origin: pollux.url } })
        expect(method === 'GET' ? [401] : [401, 405]).toContain(answer.status)
      })
})

test('the API answers no session, from this site or another', async () => {
  for (const path of tokenHandlers)
    for (const method of ['GET', 'POST'])
      await test.step(`${method} ${path}`, async () => {
        const headers = { cookie: cookies.operator, origin: pollux.url }
        const { status, body } = await ask(pollux.url + samplePath(path), { method, headers })
        expect([401, 405]).toContain(status)
        if (status === 401) expect(body).toContain('takes a token, and no session')
      })
})

test('no page, action or other handler takes an API token: it is told where it belongs', async () => {
  const headers = { authorization: `Bearer pollux_${'x'.repeat(43)}` }
  for (const { path } of builtRoutes().filter((route) => !route.path.startsWith('/api/v1/')))
    for (const method of ['GET', 'POST'])
      await test.step(`${method} ${path}`, async () => {
        const { status, body } = await ask(pollux.url + samplePath(path), { method, headers })
        expect([status, body]).toEqual([400, expect.stringContaining('at /api/v1/ alone')])
      })
  const leaked = await ask(`${pollux.url}/api/v1/hosts?token=pollux_${'x'.repeat(43)}`)
  expect([leaked.status, leaked.body]).toEqual([400, expect.stringContaining('belongs into the header')])
})

test('pages and handlers refuse too low a role, and only that', async () => {
  for (const role of ['viewer', 'operator'] as const)
    for (const { path, entry, kind } of [...closed('page'), ...closed('handler')])
      await test.step(`${role} ${path}`, async () => {
        const isAllowed = rank(role) >= rank(lowestRole[path] ?? 'admin')
        if (kind === 'handler') {
          const { status } = await ask(pollux.url + samplePath(path), { headers: { cookie: cookies[role] } })
          expect([401, 403].includes(status)).toBe(!isAllowed)
          return
        }
        const alone = await askAlone(path, entry, cookies[role])
        expect(leadsTo(alone).startsWith('/not-allowed')).toBe(!isAllowed)
        expect(leadsTo(alone)).not.toMatch(/^\/sign-in/)
      })
})

test('every page of a catalog that is not there says so with its status, before anything is shown', async () => {
  const ofCatalog = closed('page').filter(({ path }) => path.startsWith('/backups/[catalog]'))
  expect(ofCatalog.length).toBeGreaterThan(8)
  for (const { path } of ofCatalog)
    await test.step(path, async () => {
      const { status, body } = await ask(pollux.url + samplePath(path), { headers: { cookie: cookies.operator } })
      expect(status).toBe(404)
      expect(body).toContain('There is no such catalog')
    })
})

test('no server action does anything for a stranger', async () => {
  const before = await tableFingerprints(pollux.dataDir)
  const actions = builtActions().filter((action) => !openActions.includes(action.name))
  expect(actions.length).toBeGreaterThan(15)
  for (const { id, name, pages } of actions)
    await test.step(name || id, async () => {
      const answers = await Promise.all(bodies.map((body) => act(id, pages, body, { origin: pollux.url })))
      for (const answer of answers) expect(answer.body).not.toContain('"ok":true')
      const told = JSON.stringify(answers.map(({ status, body }) => [status, body.slice(0, 300)]))
      expect(answers.some(isRefusedForWantOfSession), told).toBe(true)
    })
  expect(await tableFingerprints(pollux.dataDir)).toEqual(before)
})

test('no server action does anything for too low a role', async () => {
  for (const role of ['viewer', 'operator'] as const) {
    const headers = { cookie: cookies[role], origin: pollux.url }
    const before = await tableFingerprints(pollux.dataDir, beside)
    const tooHigh = builtActions().filter(({ name }) => rank(lowestRoleOfAction[name] ?? 'viewer') > rank(role))
    expect(tooHigh.length).toBeGreaterThan(15)
    for (const { id, name, pages } of tooHigh)
      await test.step(`${role} ${name}`, async () => {
        const answers = await Promise.all(bodies.map((body) => act(id, pages, body, headers)))
        for (const answer of answers) expect(answer.body).not.toContain('"ok":true')
        // What a form's action says of it stands on the page that it comes back with.
        if (name.endsWith('Action')) expect(answers.some(({ body }) => body.includes('"code":"forbidden"'))).toBe(true)
      })
    expect(await tableFingerprints(pollux.dataDir, beside)).toEqual(before)
  }
})

test('no server action listens to another site, nor to another name for this one', async () => {
  const before = await tableFingerprints(pollux.dataDir)
  const rebound = `evil.example:${new URL(pollux.url).port}`
  for (const { id, name, pages } of builtActions())
    await test.step(name || id, async () => {
      for (const body of bodies) {
        const headers = { cookie: cookies.operator, origin: foreign }
        expect((await act(id, pages, body, headers)).status).toBeGreaterThanOrEqual(400)
        // Whoever makes his own name point to loopback sends an origin that fits the host he names.
        const answer = await act(id, pages, body, { ...headers, host: rebound, origin: `http://${rebound}` })
        expect(answer.body).not.toContain('"ok":true')
        // Next takes this header for the host, whoever sent it; here it counts from a trusted proxy alone.
        const forwarded = { ...headers, 'x-forwarded-host': new URL(foreign).host }
        expect((await act(id, pages, body, forwarded)).status).toBeGreaterThanOrEqual(400)
      }
    })
  expect(await tableFingerprints(pollux.dataDir)).toEqual(before)
})

// Without this the two tests above could pass because nothing they send is ever understood.
test('the same request with a session, from this site, is heard', async () => {
  const { id, pages } = builtActions().find(({ name }) => name === 'renameSelfAction') ?? { id: '', pages: [] }
  const rename = (headers: Record<string, string>) => act(id, pages, '[{"name":"Renamed"}]', headers)
  const own = { cookie: cookies.operator, origin: pollux.url }
  expect((await rename({ ...own, origin: foreign })).body).not.toContain('"ok":true')
  expect((await rename({ ...own, 'sec-fetch-site': 'cross-site' })).body).toContain('"code":"forbidden"')
  expect((await rename({ origin: pollux.url })).body).toContain('"code":"unauthenticated"')
  expect((await rename(own)).body).toContain('"ok":true')
})

/** The ways in which pages call actions: with a value, with a form, with a state and a form. */
const bodies = ['[{}]', '["$K1"]', '[{},"$K1"]'] as const

function act(id: string, pages: readonly string[], body: string, headers: Record<string, string>): Promise<Answer> {
  const boundary = 'a-boundary'
  const parts = [
    ['0', body],
    ['1_typed', 'x'],
  ].map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return ask(pollux.url + samplePath(pages[0] ?? '/sign-in'), {
    method: 'POST',
    headers: { 'next-action': id, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    body: `${parts.join('')}--${boundary}--\r\n`,
  })
}

/** It says so; or it says nothing, and the page that comes with its answer leads to the sign-in. */
function isRefusedForWantOfSession(answer: Answer): boolean {
  const { headers, body } = answer
  const isSaid = body.includes('"code":"unauthenticated"') || body.includes('Your session has ended')
  return isSaid || [String(headers['x-action-redirect'] ?? ''), leadsTo(answer)].some((to) => to.startsWith('/sign-in'))
}

async function askAlone(path: string, entry: string, cookie = ''): Promise<Answer> {
  const headers = { rsc: '1', 'next-router-state-tree': pageAloneTree(entry), cookie }
  const answer = await ask(pollux.url + samplePath(path), { headers })
  // The router adds a hash of its headers to the address; the server says which one fits.
  const hashed = /^[^?]+\?_rsc=\S+$/.exec(answer.headers.location ?? '')?.[0]
  return hashed ? ask(pollux.url + hashed, { headers }) : answer
}

/** Where an answer of the router's leads: by its status, or by what stands in the stream. Empty when it leads nowhere. */
function leadsTo({ headers, body }: Answer): string {
  return headers.location ?? /NEXT_REDIRECT;[a-z]+;([^;"]+)/.exec(body)?.[1] ?? ''
}

function closed(kind: 'page' | 'handler') {
  const open = [...openPages, ...openHandlers, ...tokenHandlers]
  return builtRoutes().filter((route) => route.kind === kind && !open.includes(route.path))
}

function builtActions() {
  return readRouteInventory('.next').actions
}

/** A path that one can ask for: every parameter is "x". */
function samplePath(pattern: string): string {
  return fillPattern(pattern, 'x')
}

function rank(role: Role): number {
  return ['viewer', 'operator', 'admin'].indexOf(role)
}
