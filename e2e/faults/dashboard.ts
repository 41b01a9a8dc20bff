/**
 * A Pollux without its pages, to be killed: the engine, a real store and real keys, driven by JSON lines. Arguments: the
 * data folder. The same code as the server's makes, approves and follows changes; what is done beside it lies in
 * `instrument.ts`.
 */
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { getLabHost } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { setGuardTimes } from '@/lib/changes/deadline'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled, resumeChanges } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { changeFolder, stateRoots } from '@/lib/changes/on-host/layout'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { readJournal } from '@/lib/changes/read-journal'
import { stopChange } from '@/lib/changes/stop-change'
import { storeFile } from '@/lib/config/data-dir'
import { instanceId } from '@/lib/config/instance-id'
import { replaceSingle } from '@/lib/config/single'
import { store } from '@/lib/db/client'
import { migrateStore } from '@/lib/db/migrate'
import { isAppError } from '@/lib/errors'
import { makeSealingKey } from '@/lib/secrets/sealing-key'
import { createSshPool } from '@/lib/ssh/pool'
import { makeUser } from '@/prisma/factories'
import { breakableAgent } from './breakable-agent'
import { type Hold, instrumented } from './instrument'
import { faultAgents, getSubject } from './subjects'

/** What the matrix waits for at barriers is waited for in seconds here. */
const times = { slackS: 20, marginS: 8, betweenLoginsS: 1 }

const Request = z.discriminatedUnion('verb', [
  z.object({
    id: z.number(),
    verb: z.literal('plan'),
    subject: z.string(),
    hosts: z.array(z.string()),
    fails: z.boolean(),
  }),
  z.object({
    id: z.number(),
    verb: z.literal('approve'),
    changeId: z.number(),
    hold: z.custom<Hold>().nullable(),
    undoDisabled: z.boolean(),
  }),
  z.object({ id: z.number(), verb: z.literal('go-on') }),
  z.object({ id: z.number(), verb: z.literal('resume') }),
  z.object({ id: z.number(), verb: z.literal('settled'), changeId: z.number() }),
  z.object({ id: z.number(), verb: z.literal('look'), changeId: z.number() }),
  z.object({ id: z.number(), verb: z.literal('stop'), changeId: z.number() }),
])

const held = instrumented(createSshPool({ keepaliveMs: 1_000, connectTimeoutMs: 5_000 }), () => tell({ event: 'held' }))
const ctx = await open(process.argv[2] ?? '')
tell({ event: 'ready' })
for await (const line of createInterface({ input: process.stdin })) void answer(line)
process.exit(0)

async function open(dataDir: string): Promise<Ctx> {
  process.env['POLLUX_DATA'] = dataDir
  const isNew = !existsSync(storeFile())
  if (isNew) makeSealingKey()
  await migrateStore(storeFile())
  replaceSingle('ssh-pool', held.pool)
  setGuardTimes(times)
  setAgents(faultAgents.map(breakableAgent))
  const user = isNew
    ? await makeUser(store(), { name: 'ada', role: 'operator' })
    : await store().user.findFirstOrThrow()
  return { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'faults' }
}

async function answer(line: string): Promise<void> {
  const request = Request.parse(JSON.parse(line))
  try {
    tell({ id: request.id, value: (await run(request)) ?? null })
  } catch (error) {
    tell({ id: request.id, error: error instanceof Error ? error.message : String(error) })
  }
}

async function run(request: z.infer<typeof Request>): Promise<unknown> {
  switch (request.verb) {
    case 'plan':
      return plan(request.subject, request.hosts, request.fails)
    case 'approve': {
      const { digest } = await getChange(ctx, request.changeId)
      held.arm(directoryOf(request.changeId), request.hold, request.undoDisabled)
      return approveChange(ctx, { changeId: request.changeId, digest })
    }
    case 'go-on':
      return held.goOn()
    case 'resume':
      return resumeChanges()
    case 'settled':
      await changesSettled()
      return look(request.changeId)
    case 'look':
      return look(request.changeId)
    case 'stop':
      return stopUnlessRefused(request.changeId)
  }
}

/** A change that stands cannot be stopped any more; how it may end then is the matrix's to judge. */
async function stopUnlessRefused(changeId: number): Promise<void> {
  await stopChange(ctx, { changeId }).catch((error) => {
    if (!isAppError(error) || error.code !== 'conflict') throw error
  })
}

async function plan(subjectId: string, names: readonly string[], fails: boolean) {
  const subject = getSubject(subjectId)
  const hostIds = await Promise.all(names.map(hostId))
  const readings = await readAgentFacts(ctx, subject.agentId, hostIds)
  const problem = readings.find((reading) => reading.problem)?.problem
  if (problem) throw new Error(problem)
  const wish = subject.desired(
    readings.map((reading) => ({ id: reading.hostId, name: reading.name, facts: reading.facts })),
  )
  const planned = await planChange(ctx, { agentId: subject.agentId, desired: { wish, fails }, hostIds })
  if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
  const view = await getChange(ctx, planned.changeId)
  return {
    changeId: planned.changeId,
    directory: directoryOf(planned.changeId),
    plan: view.plan,
    hostNames: view.hostNames,
  }
}

async function hostId(name: string): Promise<string> {
  const known = await store().host.findUnique({ where: { name }, select: { id: true } })
  return (known ?? (await makeLabHost(store(), getLabHost(name)))).id
}

/** What the change's page shows, as far as the matrix asks. */
async function look(changeId: number) {
  const { state, outcome, detail, hosts } = await getChange(ctx, changeId)
  const { lines } = await readJournal(ctx, changeId, 0)
  return {
    state,
    outcome,
    detail,
    hosts: hosts.map((host) => ({ name: host.name, state: host.state, outcome: host.outcome })),
    journal: lines.map((line) => `${line.kind} ${line.text}`),
  }
}

function directoryOf(changeId: number): string {
  return `${stateRoots[0]}/changes/${changeFolder(instanceId(), changeId)}`
}

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
