import { setTimeout as sleep } from 'node:timers/promises'
import type { FarSeen } from '@/lib/agent'
import { read, work } from '@/lib/db'
import { takeLook } from '@/lib/vantage'
import { meets } from '@/lib/vantage/expect'
import { changeGrew } from '../bus'
import { type FarLook, farLooksOf, isTakenAlone } from '../far-looks'
import { maskText } from '../mask'
import type { HostRun } from './host-run'
import { note } from './note'
import { WatchStopped } from './watch-host'

/** Characters of what a look saw that are kept. */
const longestSeen = 400

/**
 * Makes the proofs that only somebody beyond the hosts can make, while the hosts wait to be told. Returns why the change
 * has to go back: the first `must` that was seen to be wrong; null when none was. Throws WatchStopped.
 */
export async function proveFromAfar(
  changeId: number,
  runs: readonly HostRun[],
  signal: AbortSignal,
): Promise<string | null> {
  const looks = farLooksOf(runs.flatMap((run) => run.farChecks))
  if (looks.length === 0) return null
  await note(changeId, 'looking from afar: what no program on the hosts can see')
  const over = new AbortController()
  const stopped = stopAsked(changeId, over.signal)
  const until = AbortSignal.any([signal, over.signal, stopped.signal])
  const take = async (look: FarLook) => keep(changeId, look, runs, await see(look, until))
  try {
    const beside = Promise.all(looks.filter((look) => !isTakenAlone(look)).map(take))
    const failures = [...(await inTurn(looks.filter(isTakenAlone), take)), ...(await beside)].flat()
    if (signal.aborted) throw new WatchStopped()
    return failures[0] ?? null
  } finally {
    over.abort()
  }
}

async function see(look: FarLook, signal: AbortSignal): Promise<FarSeen> {
  if (signal.aborted) return { learned: {}, why: 'It was stopped before anybody looked.' }
  return takeLook(look.read, { signal, timeoutMs: look.timeoutS * 1000 })
}

async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await act(item))
  return results
}

/** Writes down what each check of a look saw; the titles of those `must` that failed. */
async function keep(changeId: number, look: FarLook, runs: readonly HostRun[], learned: FarSeen): Promise<string[]> {
  const at = new Date()
  const seen = look.checks.map((check) => {
    const met = meets(check.expect, learned)
    return { check, verdict: met.verdict, seen: maskText(met.seen, runs[0]?.secrets ?? []).slice(0, longestSeen) }
  })
  await work(async (tx) => {
    for (const { check, verdict, seen: text } of seen) {
      const { hostId, id: checkId } = check
      const hostName = runs.find((run) => run.hostId === hostId)?.hostName ?? hostId
      await tx.proofRow.updateMany({ where: { changeId, hostId, checkId }, data: { verdict, seen: text, at } })
      await tx.journalLine.create({
        data: { changeId, hostId, hostName, at, kind: 'check', stepId: checkId, text: `${verdict} ${text}` },
      })
    }
  })
  changeGrew(changeId)
  return seen.flatMap(({ check, verdict }) => (check.weight === 'must' && verdict === 'no' ? [check.title] : []))
}

/** Fires when a person asked to stop the change. */
function stopAsked(changeId: number, over: AbortSignal): AbortController {
  const asked = new AbortController()
  const look = async () => {
    while (!over.aborted) {
      const change = await read((tx) =>
        tx.change.findUniqueOrThrow({ where: { id: changeId }, select: { stopAskedBy: true } }),
      )
      if (change.stopAskedBy !== null) return asked.abort()
      await sleep(500, undefined, { signal: over }).catch(() => {})
    }
  }
  void look().catch(() => asked.abort())
  return asked
}
