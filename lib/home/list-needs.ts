import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { listDrift } from '@/lib/changes/list-drift'
import { read, type Tx } from '@/lib/db'
import { cheapFactsSchema, deepFactsSchema, type HostState, type Need, needsOf, type TierReading } from '@/lib/facts'
import { keyState } from '@/lib/inventory/key-state'
import { listPairs, type PairRow } from '@/lib/inventory/list-pairs'
import { parseStoredFacts, type StoredFacts } from '@/lib/inventory/stored-facts'
import { listBackupNeeds } from './backup-needs'
import { listCertificateNeeds } from './certificate-needs'
import { listLookNeeds } from './look-needs'

/** Something that needs a person today, with where to look. */
export interface TodayNeed {
  id: string
  level: 'now' | 'soon' | 'decide' | 'not-known'
  title: string
  evidence: string
  href: string
  /** The button's words: "Look at storage". */
  act: string
}

export interface Today {
  needs: TodayNeed[]
  hosts: number
  /** Hosts of which nothing is said above. */
  fine: number
  oldestReading: Date | null
}

const dayMs = 24 * 3_600_000

/** What needs somebody today, from what was read last. A constant number of queries. */
export async function listNeeds(ctx: Ctx, now = Date.now()): Promise<Today> {
  authorize(ctx, 'read inventory')
  const { hosts, earlier, changes } = await read(async (tx) => ({
    hosts: await loadHosts(tx),
    earlier: await earlierReadings(tx, now),
    changes: await openChanges(tx),
  }))
  const [drift, pairs, backups, looks] = await Promise.all([
    listDrift(ctx),
    listPairs(ctx),
    listBackupNeeds(ctx, now),
    listLookNeeds(ctx, now),
  ])
  const ofHosts = hosts.map((host) => ({ host, needs: hostNeeds(host, earlier.get(host.id) ?? null, now) }))
  const drifted = drift.map((item) => ({
    id: `${item.hostId} drift ${item.agentId} ${item.changeId} ${item.what}`,
    level: 'soon' as const,
    title: `${item.hostName} is no longer as change #${item.changeId} left it`,
    evidence: `${item.what}: expected ${item.expected}, seen ${item.seen}.`,
    href: `/hosts/${item.hostId}`,
    act: 'Look at the drift',
  }))
  const fine = ofHosts.filter(({ host, needs }) => needs.length === 0 && !drift.some((item) => item.hostId === host.id))
  const readTimes = hosts.flatMap((host) => (host.factsAt ? [host.factsAt.getTime()] : []))
  return {
    needs: [
      ...ofHosts.flatMap(({ needs }) => needs),
      ...pairs.flatMap(pairNeeds),
      ...backups,
      ...drifted,
      ...looks,
      ...listCertificateNeeds(ctx, now),
      ...changes.map(changeNeed),
    ],
    hosts: hosts.length,
    fine: fine.length,
    oldestReading: readTimes.length > 0 ? new Date(Math.min(...readTimes)) : null,
  }
}

type Loaded = Awaited<ReturnType<typeof loadHosts>>[number]

function loadHosts(tx: Tx) {
  return tx.host.findMany({
    select: {
      id: true,
      name: true,
      reach: true,
      reachDetail: true,
      reachAt: true,
      factsAt: true,
      latestFacts: true,
      keys: { select: { state: true } },
    },
    orderBy: { name: 'asc' },
  })
}

/** One reading per host of about a day ago, for what grows. */
async function earlierReadings(tx: Tx, now: number): Promise<Map<string, { takenAt: Date; data: string }>> {
  const rows = await tx.factsReading.findMany({
    where: { takenAt: { gte: new Date(now - 1.2 * dayMs), lte: new Date(now - 0.8 * dayMs) } },
    distinct: ['hostId'],
    select: { hostId: true, takenAt: true, data: true },
  })
  return new Map(rows.map((row) => [row.hostId, row]))
}

function openChanges(tx: Tx) {
  return tx.change.findMany({
    where: {
      OR: [
        { state: { in: ['asked', 'stale'] } },
        { outcome: { in: ['undo-failed', 'split'] }, revertedBy: { none: { outcome: 'applied' } } },
      ],
    },
    select: { id: true, title: true, summary: true, state: true, outcome: true, askedBy: true },
    orderBy: { id: 'desc' },
    take: 50,
  })
}

const hurtWords: Readonly<Record<string, string>> = {
  split: 'Its hosts ended differently: finish it forward, or take it back.',
  'undo-failed': 'Not everything could be taken back: a host needs you.',
}

function changeNeed(change: Awaited<ReturnType<typeof openChanges>>[number]): TodayNeed {
  const hurts = change.state === 'ended'
  return {
    id: `change ${change.id}`,
    level: hurts ? 'now' : 'decide',
    title: `#${change.id}: ${change.title}`,
    evidence: hurts
      ? (hurtWords[change.outcome ?? ''] ?? 'A host needs you.')
      : `Asked by ${change.askedBy}. ${change.state === 'stale' ? 'The host changed since; look at the new plan.' : change.summary}`,
    href: `/changes/${change.id}`,
    act: hurts ? 'See what to do' : 'Review the plan',
  }
}

/** A failover IP that is not on exactly the host where it was declared to be. What is not known is its hosts' need. */
function pairNeeds({ id, address, active, standby, seen }: PairRow): TodayNeed[] {
  const need = (level: TodayNeed['level'], title: string, evidence: string): TodayNeed[] => [
    { id: `pair ${id}`, level, title, evidence, href: '/hosts/pairs', act: 'Look at the pair' },
  ]
  const declared = `It is declared active on ${active.name}, with ${standby.name} as its standby.`
  if (seen === 'both')
    return need('now', `${address} is on ${active.name} and on ${standby.name}`, `${declared} Only one may have it.`)
  if (seen === 'neither') return need('now', `${address} is on neither ${active.name} nor ${standby.name}`, declared)
  return seen === 'standby' ? need('soon', `${address} runs on its standby ${standby.name}`, declared) : []
}

function hostNeeds(host: Loaded, earlier: { takenAt: Date; data: string } | null, now: number): TodayNeed[] {
  const keys = keyState(host.keys)
  const href = `/hosts/${host.id}`
  if (keys === 'changed')
    return [
      {
        id: `${host.id} key`,
        level: 'now',
        title: `The host key of ${host.name} changed`,
        evidence: 'Pollux does not enter it until an admin has compared old and new.',
        href,
        act: 'Compare the keys',
      },
    ]
  if (keys === 'none')
    return [
      {
        id: `${host.id} key`,
        level: 'decide',
        title: `The host key of ${host.name} waits to be confirmed`,
        evidence: 'Compare it once; nothing is sent to the host before.',
        href,
        act: 'Compare the key',
      },
    ]
  if (host.reach === 'unread' && host.factsAt === null)
    return [
      {
        id: `${host.id} unread`,
        level: 'not-known',
        title: `${host.name} was not read yet`,
        evidence: 'Nothing is known of it.',
        href,
        act: 'Open the host',
      },
    ]
  return needsOf(stateOf(host, earlier), now).map((need) => ({
    id: `${host.id} ${need.id}`,
    level: need.level,
    title: need.title.startsWith(`${host.name} `) ? need.title : `${host.name}: ${need.title}`,
    evidence: need.evidence,
    href: href + places[need.kind].tab,
    act: places[need.kind].act,
  }))
}

/** Where on the host's page a need is seen closer, and the button that leads there. */
const places: Readonly<Record<Need['kind'], { tab: string; act: string }>> = {
  reach: { tab: '', act: 'See what is known' },
  units: { tab: '/services', act: 'Look at services' },
  'file-system': { tab: '/storage', act: 'Look at storage' },
  inodes: { tab: '/storage', act: 'Look at storage' },
  'read-only': { tab: '/storage', act: 'Look at storage' },
  reboot: { tab: '/services', act: 'Look at updates' },
  updates: { tab: '/services', act: 'Look at updates' },
  certificate: { tab: '', act: 'Look at certificates' },
  clock: { tab: '', act: 'Look at the clock' },
  memory: { tab: '', act: 'Look at memory' },
}

function stateOf(host: Loaded, earlier: { takenAt: Date; data: string } | null): HostState {
  const facts = parseStoredFacts(host.latestFacts)
  const isReached = host.reach === 'ok' || host.reach === 'unread'
  return {
    name: host.name,
    reach: isReached
      ? { reached: true }
      : { reached: false, since: host.factsAt?.getTime() ?? null, reason: host.reachDetail ?? host.reach },
    cheap: tierOf(facts, cheapFactsSchema),
    deep: tierOf(facts, deepFactsSchema),
    previous: earlier ? tierOf(parseStoredFacts(earlier.data), cheapFactsSchema) : null,
  }
}

/** The part of stored facts that makes a tier; null when it was never read as a whole. */
function tierOf<Facts>(
  facts: StoredFacts | null,
  schema: { safeParse(value: unknown): { success: boolean; data?: Facts }; shape: object },
): TierReading<Facts> | null {
  if (!facts) return null
  const results = Object.keys(schema.shape).flatMap((id) => {
    const result = facts.results[id]
    return result ? [[id, result] as const] : []
  })
  const parsed = schema.safeParse(Object.fromEntries(results.map(([id, result]) => [id, result.found])))
  if (!parsed.success || parsed.data === undefined) return null
  return { readAt: Math.max(...results.map(([, result]) => result.at)), facts: parsed.data }
}
