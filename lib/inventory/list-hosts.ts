import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
import { type HostKind, hostKinds } from './fields'
import { type HostFigures, hostFigures } from './host-figures'
import { type HostMark, type HostState, hostState } from './host-state'
import { keyState } from './key-state'
import { asReach } from './reach'
import { parseStoredFacts } from './stored-facts'

export const hostSorts = ['name', 'state', 'system', 'load', 'memory', 'disk', 'updates', 'change'] as const
export type HostSort = (typeof hostSorts)[number]

export const ListHostsInput = z.object({
  /** In name, address, tags and notes; every word must be found somewhere. */
  search: z.string().max(200).default(''),
  kind: z.enum(hostKinds).nullable().default(null),
  tag: z.string().max(64).nullable().default(null),
  state: z.enum(['ok', 'warn', 'bad', 'unknown', 'ask']).nullable().default(null),
  sort: z.object({ by: z.enum(hostSorts), descending: z.boolean() }).default({ by: 'name', descending: false }),
})

export interface HostRow {
  id: string
  name: string
  kind: HostKind
  address: string
  port: number
  tags: string[]
  hypervisor: string | null
  state: HostState
  figures: HostFigures | null
  factsAt: Date | null
  /** The last contact failed: the figures are those of `factsAt`. */
  isStale: boolean
  lastChange: { id: number; state: string; outcome: string | null; at: Date } | null
}

export interface HostList {
  rows: HostRow[]
  /** Before search and filters. */
  total: number
  inReach: number
  /** Every tag there is, for the filter. */
  tags: string[]
}

/**
 * The hosts that fit, with what was read last. A constant number of queries however many hosts there are; search and
 * filters run here, since a few hundred rows are quicker to look through than to ask for.
 */
export async function listHosts(ctx: Ctx, input: z.input<typeof ListHostsInput> = {}): Promise<HostList> {
  authorize(ctx, 'read inventory')
  const wanted = ListHostsInput.parse(input)
  const { hosts, changes } = await read(async (tx) => ({ hosts: await loadHosts(tx), changes: await lastChanges(tx) }))
  const all = hosts.map(({ notes, ...host }) => ({ notes, row: rowOf(host, changes) }))
  const rows = all.filter(({ notes, row }) => fits(row, notes, wanted)).map(({ row }) => row)
  const inReach = hosts.filter((host) => host.reach === 'ok').length
  const tags = [...new Set(all.flatMap(({ row }) => row.tags))].sort()
  return { rows: sorted(rows, wanted.sort.by, wanted.sort.descending), total: all.length, inReach, tags }
}

type Loaded = Awaited<ReturnType<typeof loadHosts>>[number]
type LastChanges = Awaited<ReturnType<typeof lastChanges>>

function loadHosts(tx: Tx) {
  return tx.host.findMany({
    select: {
      id: true,
      name: true,
      kind: true,
      address: true,
      port: true,
      notes: true,
      reach: true,
      factsAt: true,
      latestFacts: true,
      hypervisor: { select: { name: true } },
      tags: { select: { tag: true }, orderBy: { tag: 'asc' } },
      keys: { select: { state: true } },
    },
  })
}

async function lastChanges(tx: Tx) {
  const last = await tx.changeHost.groupBy({
    by: ['hostId'],
    where: { hostId: { not: null } },
    _max: { changeId: true },
  })
  const ids = last.flatMap((row) => (row._max.changeId === null ? [] : [row._max.changeId]))
  const changes = await tx.change.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, outcome: true, askedAt: true, endedAt: true },
  })
  const byId = new Map(changes.map((change) => [change.id, change]))
  return new Map(last.map((row) => [row.hostId, byId.get(row._max.changeId ?? -1)]))
}

function rowOf(host: Omit<Loaded, 'notes'>, changes: LastChanges): HostRow {
  const figures = hostFigures(parseStoredFacts(host.latestFacts))
  const change = changes.get(host.id)
  return {
    id: host.id,
    name: host.name,
    kind: asKind(host.kind),
    address: host.address,
    port: host.port,
    tags: host.tags.map((row) => row.tag),
    hypervisor: host.hypervisor?.name ?? null,
    state: hostState({ reach: asReach(host.reach), keys: keyState(host.keys), figures }),
    figures,
    factsAt: host.factsAt,
    isStale: asReach(host.reach) !== 'ok',
    lastChange: change
      ? { id: change.id, state: change.state, outcome: change.outcome, at: change.endedAt ?? change.askedAt }
      : null,
  }
}

export function asKind(text: string): HostKind {
  return hostKinds.find((kind) => kind === text) ?? 'server'
}

function fits(row: HostRow, notes: string, wanted: z.output<typeof ListHostsInput>): boolean {
  if (wanted.kind !== null && row.kind !== wanted.kind) return false
  if (wanted.tag !== null && !row.tags.includes(wanted.tag)) return false
  if (wanted.state !== null && row.state.mark !== wanted.state) return false
  const text = [row.name, row.address, ...row.tags, notes].join('\n').toLowerCase()
  return wanted.search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

const worstFirst: readonly HostMark[] = ['bad', 'ask', 'warn', 'unknown', 'ok']

const sortKeys: Readonly<Record<HostSort, (row: HostRow) => number | string | null>> = {
  name: (row) => row.name.toLowerCase(),
  state: (row) => worstFirst.indexOf(row.state.mark),
  system: (row) => row.figures?.system ?? null,
  load: (row) => row.figures?.load1 ?? null,
  memory: (row) => row.figures?.memoryPercent ?? null,
  disk: (row) => row.figures?.fullest?.percent ?? null,
  updates: (row) => row.figures?.updates ?? null,
  change: (row) => row.lastChange?.at.getTime() ?? null,
}

/** What could not be read stands last, whichever way the list is turned. */
function sorted(rows: readonly HostRow[], by: HostSort, descending: boolean): HostRow[] {
  const key = sortKeys[by]
  return [...rows].sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null) || compare(one.name, other.name)
    return (descending ? -1 : 1) * compare(a, b) || compare(one.name, other.name)
  })
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}
