import type { Ctx } from '@/lib/auth/actor'
import { mayTouch, notYours } from '@/lib/auth/host-scope'
import { authorize } from '@/lib/auth/rights'
import { read, type Tx } from '@/lib/db'
import { pairNotFound } from './pair-fields'
import { type PairPlace, type PairSeen, seenOf } from './pair-seen'
import { asReach } from './reach'
import { parseStoredFacts, readValue } from './stored-facts'

/** A pair as it was declared, with where its address was when its hosts were read last. */
export interface PairRow {
  id: string
  /** Without its prefix: "192.0.2.81". */
  address: string
  prefix: number
  version: number
  active: PairPlace
  standby: PairPlace
  seen: PairSeen
  /** Why the one who looks may not decide over it; null where both hosts are his. */
  notYours: string | null
}

/** Every pair, or those in which one of some hosts is, by address. One query. */
export async function listPairs(ctx: Ctx, hostIds?: readonly string[]): Promise<PairRow[]> {
  authorize(ctx, 'read inventory')
  const some = { in: [...(hostIds ?? [])] }
  const where = hostIds ? { OR: [{ activeHostId: some }, { standbyHostId: some }] } : {}
  const pairs = await read((tx) => loadPairs(tx, where))
  const of = placesOf()
  return pairs.map((pair) => rowOf(ctx, pair, of)).sort((a, b) => collator.compare(a.address, b.address))
}

/** Throws AppError `not-found` when there is no such pair. */
export async function getPair(ctx: Ctx, pairId: string): Promise<PairRow> {
  authorize(ctx, 'read inventory')
  const [pair] = await read((tx) => loadPairs(tx, { id: pairId }))
  if (!pair) throw pairNotFound(pairId)
  return rowOf(ctx, pair, placesOf())
}

// 192.0.2.9 before 192.0.2.81
const collator = new Intl.Collator('en', { numeric: true })

const host = {
  select: { id: true, name: true, reach: true, latestFacts: true, tags: { select: { tag: true } } },
} as const

type Where = NonNullable<Parameters<Tx['failoverPair']['findMany']>[0]>['where']

function loadPairs(tx: Tx, where: Where) {
  return tx.failoverPair.findMany({ where, include: { activeHost: host, standbyHost: host } })
}

type Loaded = Awaited<ReturnType<typeof loadPairs>>[number]
type PlaceOf = (host: Loaded['activeHost'], device: string, address: string) => PairPlace

function rowOf(ctx: Ctx, pair: Loaded, placeOf: PlaceOf): PairRow {
  const { id, address, prefix, version } = pair
  const active = placeOf(pair.activeHost, pair.activeDevice, address)
  const standby = placeOf(pair.standbyHost, pair.standbyDevice, address)
  const foreign = [pair.activeHost, pair.standbyHost].find(
    ({ tags }) =>
      !mayTouch(
        ctx.actor,
        tags.map((row) => row.tag),
      ),
  )
  const refusal = foreign ? notYours(ctx.actor, foreign.name) : null
  return { id, address, prefix, version, active, standby, seen: seenOf({ active, standby }), notYours: refusal }
}

/** A host that is in many pairs has its facts read out of the store's text once. */
function placesOf(): PlaceOf {
  const known = new Map<string, ReturnType<typeof parseStoredFacts>>()
  return ({ id, name, reach, latestFacts }, device, address) => {
    if (!known.has(id)) known.set(id, parseStoredFacts(latestFacts))
    const facts = known.get(id) ?? null
    const interfaces = readValue(facts, 'addresses')
    const holder = interfaces?.find((one) => one.addresses.some((each) => each.address === address))
    const state = asReach(reach)
    const isOutOfReach = state !== 'ok' && state !== 'unread'
    return {
      hostId: id,
      name,
      device,
      holds: interfaces === null || isOutOfReach ? null : holder !== undefined,
      onDevice: holder?.name ?? null,
      readAt: interfaces === null ? null : (facts?.results['addresses']?.at ?? null),
      isOutOfReach,
    }
  }
}
