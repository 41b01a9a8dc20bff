import { composePlans } from '@/lib/agent'
import { work } from '@/lib/db'
import { printStoredFacts } from '@/lib/inventory/stored-facts'
import { getAgent } from '../agents'
import { keepParts } from '../ask-change'
import { type Origin, type PlanRecord, sealPlan, type Wish } from '../plan-record'
import type { FileFacts } from './file-agent'
import type { ShelfFacts } from './shelf-agent'

interface Seed {
  hosts: readonly { id: string; name: string }[]
  /** What was asked of each file agent; the last is the change's own. */
  wishes: readonly Wish[]
  /** What all the files said before; none unless told otherwise. */
  before?: string
  outcome?: string
  /** In milliseconds since 1970; before all that is read unless told otherwise. */
  endedAt?: number
  /** The change that it takes back. */
  reverts?: number
}

/** Keeps a change as it is after it was applied, without any host; its number. */
export async function makeApplied({
  hosts,
  wishes,
  before,
  outcome = 'applied',
  endedAt = 0,
  reverts,
}: Seed): Promise<number> {
  const facts: FileFacts = { text: before ?? null }
  const planHosts = hosts.map(({ id, name }) => ({ hostId: id, name, facts }))
  const parts = wishes.map(({ agentId, desired }) => {
    const agent = getAgent(agentId)
    return { agent, desired: agent.desired.parse(desired), hosts: planHosts }
  })
  const [main] = parts.slice(-1)
  if (!main) throw new Error('expected a wish')
  const first = parts.slice(0, -1).map(({ agent, desired }) => ({ agentId: agent.id, desired }))
  const plan = composePlans(parts)
  const wish = { agentId: main.agent.id, desired: main.desired, ...(first.length > 0 ? { first } : {}) }
  const origin: Origin =
    reverts === undefined
      ? { kind: 'wizard', hostIds: hosts.map((host) => host.id), ...wish }
      : { kind: 'revert', changeId: reverts }
  const { agentId, ...asked } = wish
  const record: PlanRecord = { origin, plan, ...asked, hostKeys: {}, hosts, digest: 'd'.repeat(64) }
  return work(async (tx) => {
    const { id } = await tx.change.create({
      data: {
        agentId,
        firstAgentIds: first.map((each) => each.agentId).join(' '),
        agentVersion: 1,
        title: plan.title,
        summary: plan.summary,
        state: 'ended',
        outcome,
        endedAt: new Date(endedAt),
        digest: record.digest,
        sealedPlan: sealPlan(record),
        askedBy: 'ada',
        askedById: 'id-of-ada',
        revertsId: reverts ?? null,
      },
    })
    await keepParts(tx, id, record)
    return id
  })
}

type Text = string | null

/** Keeps what the file agents read on a host at 1 ms after 1970: the text of each, null where there is no file; of a shelf agent, by name. */
export async function keepRead(
  hostId: string,
  read: Readonly<Record<string, Text | Record<string, Text>>>,
): Promise<void> {
  const factsOf = (each: Text | Record<string, Text>): FileFacts | ShelfFacts =>
    each === null || typeof each === 'string' ? { text: each } : { texts: each }
  const results = Object.fromEntries(
    Object.entries(read).map(([id, each]) => [id, { at: 1, found: { state: 'read' as const, value: factsOf(each) } }]),
  )
  const latestFacts = printStoredFacts({ results, problems: [] })
  await work((tx) => tx.host.update({ where: { id: hostId }, data: { latestFacts } }))
}
