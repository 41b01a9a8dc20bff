import { setTimeout as sleep } from 'node:timers/promises'
import { read, work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { sshTargetOf } from '@/lib/inventory/target-of'
import { testConnection } from '@/lib/ssh'
import { guardTimes } from '../deadline'
import { addressesOf } from './addresses-of'
import { askNoMore, askOverNewConnections } from './fresh-connections'
import type { HostRun } from './host-run'
import { needsPerson } from './needs-person'
import { note } from './note'
import { WatchStopped } from './watch-host'

/** At most one login in so many seconds on one host, or it may take Pollux for an attacker (fail2ban). */
const loginEveryS = 5

/**
 * Proves that every host of a guarded change can still be reached anew (rule 7): two full logins outside the pool, some
 * seconds apart, at every address that its name stands for. Where Pollux's own login would prove nothing, a person
 * confirms from the browser. False when that could not be had before the first host's deadline. Throws WatchStopped.
 */
export async function confirmReach(changeId: number, runs: readonly HostRun[], signal: AbortSignal): Promise<boolean> {
  const why = await needsPerson(runs.map((run) => run.hostId))
  if (why === null) return allReachedTwice(runs, signal)
  await askPerson(changeId, why)
  try {
    return (await allReachedTwice(runs, signal)) && (await personConfirmed(changeId, runs, signal))
  } finally {
    askNoMore(changeId)
  }
}

async function allReachedTwice(runs: readonly HostRun[], signal: AbortSignal): Promise<boolean> {
  const proofs = await Promise.all(runs.map((run) => reachedTwice(run, signal)))
  return !proofs.includes(false)
}

async function reachedTwice(run: HostRun, signal: AbortSignal): Promise<boolean> {
  const { betweenLoginsS } = guardTimes()
  const target = await sshTargetOf(run.hostId)
  const addresses = target.jump ? [target.address] : await addressesOf(target.address)
  const pause = Math.min(loginEveryS, betweenLoginsS)
  for (let round = 1; round <= 2; round += 1) {
    for (const address of addresses.length > 0 ? addresses : [target.address]) {
      if (!(await reached(run, address, pause, signal))) return false
      if (round === 1 || address !== addresses.at(-1)) await rest(pause, signal)
    }
    if (round === 1) await rest(Math.max(0, betweenLoginsS - pause), signal)
  }
  await note(run.changeId, `reached anew, twice, at ${addresses.join(' and ') || target.address}`, run)
  return true
}

/** Tries until it succeeds or the host has given up waiting. */
async function reached(run: HostRun, address: string, pauseS: number, signal: AbortSignal): Promise<boolean> {
  let isTold = false
  for (;;) {
    const failure = await logInAnew(run, address)
    if (failure === null) return true
    if (!isTold) await note(run.changeId, `could not be reached anew at ${address}: ${failure}`, run)
    isTold = true
    if (await isOver(run)) return false
    await rest(Math.max(1, pauseS), signal)
  }
}

async function logInAnew(run: HostRun, address: string): Promise<string | null> {
  try {
    const report = await testConnection({ ...(await sshTargetOf(run.hostId)), address })
    return report.stages.find((stage) => stage.state === 'failed')?.message ?? null
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.userMessage ?? error.message
  }
}

async function isOver(run: HostRun): Promise<boolean> {
  const row = await read((tx) => tx.changeHost.findUniqueOrThrow({ where: { id: run.rowId } }))
  return row.deadlineAt !== null && row.deadlineAt.getTime() < Date.now()
}

async function askPerson(changeId: number, why: string): Promise<void> {
  askOverNewConnections(changeId)
  await work((tx) => tx.change.update({ where: { id: changeId }, data: { needsPerson: why, keptBy: null } }))
  await note(
    changeId,
    `${why} So only a person can confirm that it is still in reach: from the browser, on this page, over a connection that is opened from now on`,
  )
}

async function personConfirmed(changeId: number, runs: readonly HostRun[], signal: AbortSignal): Promise<boolean> {
  for (;;) {
    const change = await read((tx) => tx.change.findUniqueOrThrow({ where: { id: changeId } }))
    if (change.keptBy !== null) return true
    if ((await Promise.all(runs.map(isOver))).includes(true)) return false
    await rest(0.5, signal)
  }
}

async function rest(seconds: number, signal: AbortSignal): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => {})
  if (signal.aborted) throw new WatchStopped()
}
