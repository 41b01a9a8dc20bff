import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { findActor } from '@/lib/auth/current-actor'
import { lowestRoleOf, type Right } from '@/lib/auth/rights'
import { makeSignedIn } from '@/lib/auth/test-session'
import { withTestStore } from '@/lib/db/test-store'
import { planOperation } from '@/lib/director/plan-operation'
import { changePair } from '@/lib/inventory/change-pair'
import { declarePair } from '@/lib/inventory/declare-pair'
import { editHost } from '@/lib/inventory/edit-host'
import { removePair } from '@/lib/inventory/remove-pair'
import { setWindows } from '@/lib/inventory/set-windows'
import { swapPair } from '@/lib/inventory/swap-pair'
import { testHostConnection } from '@/lib/inventory/test-connection'
import { lastAudit, refusalOf } from '@/lib/inventory/testing'
import { readHost } from '@/lib/reading/read-host'
import { readHosts } from '@/lib/reading/read-hosts'
import { setHostTags } from '@/lib/users/set-host-tags'
import { makeHost } from '@/prisma/factories'
import { adoptDrift } from './adopt-drift'
import { setAgents } from './agents'
import { planChange } from './ask-change'
import { approveChange, askForApproval, dropChange } from './decide-change'
import { finishChange } from './finish-change'
import { getChange } from './get-change'
import { giveMoreTime } from './give-more-time'
import { keepChange } from './keep-change'
import { listCandidates } from './list-candidates'
import { lookBeforeMail } from './look-before-mail'
import { sealPlan } from './plan-record'
import { planScript } from './plan-script'
import { askProbe, readAgentFacts } from './read-agent-facts'
import { readFootprint } from './read-footprint'
import { reapplyChange } from './reapply-change'
import { revertChange } from './revert-change'
import { stopChange } from './stop-change'
import { fileAgent } from './testing/file-agent'

const test = withTestStore()
const digest = 'd'.repeat(64)
const agent = fileAgent('a', '/etc/pollux-test')

/**
 * What there is: a host of the operator, one that is not, and changes, a pair and a catalog in which that one has a
 * part.
 */
interface World {
  own: string
  foreign: string
  /** Of the foreign host alone, and of both. */
  changes: readonly [number, number]
  pair: string
  catalog: string
}

let bound: Ctx
let free: Ctx
let world: World

beforeEach(async () => {
  const { db } = test.current()
  setAgents([agent])
  const session = await makeSignedIn(db, { name: 'Bob', role: 'operator' })
  const commandLine: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
  free = session.ctx
  await setHostTags(commandLine, { userId: session.user.id, tags: ['web'] })
  const actor = await findActor(session.headers)
  if (!actor) throw new Error('expected a session')
  bound = { actor, requestId: 'test' }
  world = await makeWorld()
})

async function makeWorld(): Promise<World> {
  const { db } = test.current()
  const own = await makeHost(db, { name: 'own', tagged: ['web'] })
  const foreign = await makeHost(db, { name: 'foreign', tagged: ['db', 'web-2'] })
  const pair = await db.failoverPair.create({
    data: {
      address: '192.0.2.81',
      prefix: 32,
      activeHostId: own.id,
      activeDevice: 'eth0',
      standbyHostId: foreign.id,
      standbyDevice: 'eth0',
    },
  })
  const catalog = await db.catalog.create({
    data: {
      ...{ name: 'catalog', way: 'sample', dialect: 'sqlite', zone: 'UTC', zoneSource: 'told', product: 'bacula' },
      ...{ schemaVersion: 16, directorHostId: foreign.id },
    },
  })
  const changes = [await makeChange([foreign]), await makeChange([own, foreign])] as const
  return { own: own.id, foreign: foreign.id, changes, pair: pair.id, catalog: catalog.id }
}

async function makeChange(hosts: readonly { id: string; name: string }[]): Promise<number> {
  const plan: Plan = {
    ...{ agent: { id: 'x', version: 1 }, title: 'T', summary: 'S' },
    ...{ phases: [], checks: [], basis: [], findings: [], guard: null, nothingToDo: null },
  }
  const named = hosts.map(({ id, name }) => ({ id, name }))
  const origin = { kind: 'wizard' as const, agentId: 'x', desired: {}, hostIds: named.map(({ id }) => id) }
  const { id } = await test.current().db.change.create({
    data: {
      ...{ agentId: 'x', agentVersion: 1, title: 'T', summary: 'S', state: 'planned', digest },
      ...{ askedBy: 'ada', askedById: 'ada' },
      sealedPlan: sealPlan({ origin, plan, desired: {}, hostKeys: {}, hosts: named, digest }),
      // Only the first has steps: that the plan names the other too must be enough.
      hosts: { create: named.slice(0, 1).map(({ id, name }) => ({ hostId: id, hostKeptId: id, hostName: name })) },
    },
  })
  return id
}

type Verb = (ctx: Ctx, world: World) => Promise<unknown>

/** A verb of a change is walked for both changes. */
const ofChanges = (run: (ctx: Ctx, changeId: number, world: World) => Promise<unknown>): readonly Verb[] => [
  (ctx, of) => run(ctx, of.changes[0], of),
  (ctx, of) => run(ctx, of.changes[1], of),
]

/** A verb of one host is walked for the one that is not his. */
const ofHost = (run: (ctx: Ctx, hostId: string) => Promise<unknown>): readonly Verb[] => [
  (ctx, of) => run(ctx, of.foreign),
]

const pairOf = (one: string, other: string) => ({
  ...{ address: '192.0.2.82/32', activeHostId: one, activeDevice: 'eth0', standbyHostId: other, standbyDevice: 'eth0' },
})
const item = { what: 'a file', seen: 'other' }

/** Every verb that touches hosts: called for one that is not the operator's, it throws. */
const refused: Readonly<Record<string, readonly Verb[]>> = {
  readHost: ofHost((ctx, hostId) => readHost(ctx, { hostId })),
  testHostConnection: ofHost((ctx, hostId) => testHostConnection(ctx, { hostId })),
  readFootprint: ofHost((ctx, hostId) => readFootprint(ctx, { hostId })),
  lookBeforeMail: ofHost((ctx, hostId) => lookBeforeMail(ctx, { hostId, addresses: [], dnsServer: null })),
  editHost: ofHost((ctx, hostId) => editHost(ctx, { hostId, version: 0, notes: 'mine' })),
  setWindows: ofHost((ctx, hostId) => setWindows(ctx, { hostId, version: 0, windows: [] })),
  declarePair: [
    (ctx, { own, foreign }) => declarePair(ctx, pairOf(own, foreign)),
    (ctx, { own, foreign }) => declarePair(ctx, pairOf(foreign, own)),
  ],
  changePair: [(ctx, { pair, own, foreign }) => changePair(ctx, { pairId: pair, version: 0, ...pairOf(own, foreign) })],
  swapPair: [(ctx, { pair }) => swapPair(ctx, { pairId: pair, version: 0 })],
  removePair: [(ctx, { pair }) => removePair(ctx, { pairId: pair })],
  planChange: [
    (ctx, { foreign }) => planChange(ctx, { agentId: agent.id, desired: {}, hostIds: [foreign] }),
    (ctx, { own, foreign }) => planChange(ctx, { agentId: agent.id, desired: {}, hostIds: [own, foreign] }),
  ],
  askForApproval: ofChanges((ctx, changeId) => askForApproval(ctx, { changeId })),
  approveChange: ofChanges((ctx, changeId) => approveChange(ctx, { changeId, digest })),
  dropChange: ofChanges((ctx, changeId) => dropChange(ctx, { changeId })),
  stopChange: ofChanges((ctx, changeId) => stopChange(ctx, { changeId })),
  giveMoreTime: ofChanges((ctx, changeId) => giveMoreTime(ctx, { changeId, seconds: 60 })),
  keepChange: ofChanges((ctx, changeId) => keepChange(ctx, { changeId }, new Headers())),
  finishChange: ofChanges((ctx, changeId) => finishChange(ctx, { changeId })),
  revertChange: ofChanges((ctx, changeId) => revertChange(ctx, { changeId })),
  reapplyChange: ofChanges((ctx, changeId, { own }) => reapplyChange(ctx, { changeId, hostId: own })),
  adoptDrift: ofChanges((ctx, changeId, { foreign: hostId }) =>
    adoptDrift(ctx, { hostId, agentId: 'x', changeId, items: [item] }),
  ),
  planScript: ofChanges((ctx, changeId, { own }) => planScript(ctx, { changeId, hostId: own })),
  planOperation: [
    (ctx, { catalog }) => planOperation(ctx, { catalogId: catalog, operation: { kind: 'enable', job: 'a' } }),
  ],
}

/** Verbs that say it per host, and go on with the others: the sentence that they give for the one that is not his. */
const saidPerHost: Readonly<Record<string, (ctx: Ctx, world: World) => Promise<string | null | undefined>>> = {
  readHosts: async (ctx, { foreign }) => {
    const [read] = await readHosts(ctx, { hostIds: [foreign] })
    return read && !read.ok ? read.problem : null
  },
  readAgentFacts: async (ctx, { foreign }) => (await readAgentFacts(ctx, agent.id, [foreign]))[0]?.problem,
  askProbe: async (ctx, { foreign }) => (await askProbe(ctx, foreign, agent.probe)).problem,
  listCandidates: async (ctx, { foreign }) => (await listCandidates(ctx)).find(({ id }) => id === foreign)?.whyNot,
}

/** Verbs with an operator's right that touch no host, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  readAllHosts: 'the schedule’s: no action or route calls it',
  keepDraft: 'keeps what a person typed in a wizard, for himself',
  keepPlan: 'has no right of its own: each verb above that plans ends in it, and it asks once more before it reads',
  authorizeChange: 'is the question itself',
  authorizeOrigin: 'is the question itself',
}

const notHis = /foreign is not among your hosts: they are those tagged web\./

describe('operators per tag', () => {
  it('every verb that an operator may use is walked here, or excepted with a reason', () => {
    const walked = [...Object.keys(refused), ...Object.keys(saidPerHost), ...Object.keys(exceptions)]
    expect(verbsOfOperators().toSorted()).toEqual(walked.toSorted())
  })

  it.each(Object.keys(refused))(
    '%s refuses a host that is not his, writes nothing but that, and is not shut for others',
    async (name) => {
      const { db } = test.current()
      const rows = () =>
        Promise.all([db.change.findMany(), db.host.findMany(), db.failoverPair.findMany(), db.auditRow.count()])
      const before = await rows()
      const runs = refused[name] ?? []
      for (const run of runs)
        expect(await refusalOf(run(bound, world))).toMatchObject({
          code: 'forbidden',
          userMessage: expect.stringMatching(notHis),
        })
      expect(await rows()).toEqual(before)
      for (const run of runs) {
        const said = await run(free, world).then(
          () => '',
          (error: unknown) => (error instanceof Error && 'userMessage' in error ? String(error.userMessage) : ''),
        )
        expect(said).not.toMatch(/not among your hosts/)
      }
    },
  )

  it.each(Object.keys(saidPerHost))(
    '%s says of a host that is not his why not, and reads nothing there',
    async (name) => {
      expect(await saidPerHost[name]?.(bound, world)).toMatch(notHis)
      expect(await saidPerHost[name]?.(free, world)).not.toMatch(/not among your hosts/)
    },
  )

  it('goes by the host’s tags as they are now, and a tag is no part of a longer one', async () => {
    const { db } = test.current()
    await editHost(bound, { hostId: world.own, version: 0, notes: 'mine' })
    expect(await lastAudit(db)).toMatchObject({ verb: 'edit host', label: 'own' })
    await db.hostTag.deleteMany({ where: { hostId: world.own } })
    const { version } = await db.host.findUniqueOrThrow({ where: { id: world.own } })
    expect(await refusalOf(editHost(bound, { hostId: world.own, version, notes: 'x' }))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('who is bound by tags sets none, not on his own hosts either', async () => {
    const edit = (ctx: Ctx) => editHost(ctx, { hostId: world.own, version: 0, tags: ['web', 'db'] })
    expect((await refusalOf(edit(bound))).fields).toHaveProperty('tags')
    await edit(free)
  })

  it('a host that left the inventory is nobody’s who is bound', async () => {
    await test.current().db.catalog.deleteMany()
    await test.current().db.host.delete({ where: { id: world.foreign } })
    const refusal = await refusalOf(dropChange(bound, { changeId: world.changes[0] }))
    expect(refusal).toMatchObject({ code: 'forbidden', userMessage: expect.stringContaining('A host that is gone') })
  })

  it('a change’s page says so too', async () => {
    expect((await getChange(bound, world.changes[1])).scopeRefusal).toMatch(notHis)
    expect((await getChange(free, world.changes[1])).scopeRefusal).toBeNull()
  })
})

/** Every exported function of lib that asks for a right of operators, or whose hosts they are, by the sources. */
function verbsOfOperators(): string[] {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(?!.*\.test\.).*\.ts$/.test(name),
  )
  return files
    .filter((name) => name !== 'auth/host-scope.ts')
    .flatMap((name) => {
      const parts = readFileSync(`lib/${name}`, 'utf8')
        .split(/^export async function /m)
        .slice(1)
      return parts.filter(isOfOperators).map((part) => /^\w+/.exec(part)?.[0] ?? '')
    })
}

function isOfOperators(source: string): boolean {
  const right = /\bauthorize\(ctx, '([^']+)'\)/.exec(source)?.[1]
  const isOperators = right !== undefined && lowestRoleOf(right as Right) === 'operator'
  return isOperators || /\bauthorize(Hosts|Change|Origin)\(/.test(source)
}
