import {
  type Look,
  lookAt,
  type MysqlFacts,
  mysqlFacts,
  type NextStep,
  nextStepOf,
  samplesInOrder,
  type TimedSample,
  tuningOf,
} from '@/agents/mysql/look-again/view'
import type { Ctx } from '@/lib/auth/actor'
import type { HostDetail } from '@/lib/inventory/get-host'
import { foundOf } from '@/lib/inventory/stored-facts'
import { listSamples } from '@/lib/tuning/list-samples'
import { listStandingWishes } from '@/lib/tuning/standing-work'

export interface Tuning {
  changeId: number
  server: string
  budgetBytes: number
  startedAt: number
  look: Look
  next: NextStep | null
}

/** What is known of the MySQL of one host. */
export interface MysqlOfHost {
  host: Pick<HostDetail, 'id' | 'name'>
  /** As it was read last; null where it was not, or not understood. */
  read: { facts: MysqlFacts; at: number } | null
  /** The server that is shown: the one that is asked for, else the tuned one, else the first. */
  server: string | null
  servers: readonly string[]
  aim: NonNullable<ReturnType<typeof tuningOf>>['aim'] | null
  samples: readonly TimedSample[]
  tuning: Tuning | null
}

/** Samples, the tunings that stand, and what was read last. Three queries beside the host's. */
export async function readMysql(ctx: Ctx, host: HostDetail, asked: string | null): Promise<MysqlOfHost> {
  const [things, standing] = await Promise.all([
    listSamples(ctx, 'mysql', [host.id]),
    listStandingWishes(ctx, 'mysql', [host.id]),
  ])
  const tunings = standing.flatMap(({ desired, ...change }) => {
    const wish = tuningOf(desired)
    return wish ? [{ ...change, wish }] : []
  })
  const read = readOf(host)
  const servers = [
    ...new Set([...(read?.facts.servers ?? []).map(({ key }) => key), ...things.map((one) => one.subject)]),
  ]
  const server = servers.find((key) => key === asked) ?? tunings[0]?.wish.server ?? servers[0] ?? null
  const samples = samplesInOrder(things.find(({ subject }) => subject === server)?.samples ?? [])
  const base = { host, read, server, servers, samples }
  const shown = tunings.find(({ wish }) => wish.server === server)
  if (!shown || server === null) return { ...base, aim: null, tuning: null }
  const { changeId, wish } = shown
  const [startedAt, endedAt] = [shown.startedAt.getTime(), shown.endedAt.getTime()]
  return {
    ...base,
    aim: wish.aim,
    tuning: {
      ...{ changeId, server, budgetBytes: wish.aim.budgetBytes, startedAt },
      look: lookAt({ aim: wish.aim, startedAt, endedAt, samples }),
      next: read && nextStepOf({ hostId: host.id, name: host.name, facts: read.facts }, wish),
    },
  }
}

/** Facts that an older version kept in another shape count as not read. */
function readOf({ facts }: HostDetail): MysqlOfHost['read'] {
  const found = foundOf<unknown>(facts, 'mysql')
  const parsed = mysqlFacts.safeParse(found.state === 'read' ? found.value : null)
  return parsed.success ? { facts: parsed.data, at: facts?.results['mysql']?.at ?? 0 } : null
}
