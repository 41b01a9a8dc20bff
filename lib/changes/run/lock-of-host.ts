import { instanceId } from '@/lib/config/instance-id'
import { read, work } from '@/lib/db'
import { AppError } from '@/lib/errors'
import { changeGrew } from '../bus'
import { type HostLock, isUnderWay, lockSentence, parseFootprint } from '../footprint'
import { breakLockScript, footprintExit, readFootprintScript } from '../on-host/footprint-script'
import type { HostRun } from './host-run'
import { note } from './note'

/**
 * What to do about a lock that an upload met: true when it was one that this very installation left behind (its change
 * has ended in the store, and on the host nothing of it is under way) and it was cleaned up. Else throws AppError
 * `locked`, whose words tell whose it is; never touches one of another installation.
 */
export async function clearOwnLock(run: HostRun): Promise<boolean> {
  const result = await run.script(readFootprintScript(), { timeoutMs: 30_000 })
  const { lock } = parseFootprint(result.stdout.toString('utf8'))
  // It was given up meanwhile.
  if (!lock) return true
  if (await isLeftBehind(lock, run.changeId)) {
    const broken = await run.script(breakLockScript(lock.root, lock.owner), { timeoutMs: 30_000 })
    if (broken.exitCode === footprintExit.done) {
      await note(run.changeId, `a lock that change #${lock.holder?.changeId} of this Pollux left was cleaned up`, run)
      return true
    }
  }
  throw await lockedError(run, lock)
}

async function isLeftBehind(lock: HostLock, changeId: number): Promise<boolean> {
  const { holder } = lock
  if (!holder || holder.byScript || holder.instance !== instanceId() || isUnderWay(lock.state)) return false
  if (holder.changeId === changeId) return true
  const change = await read((tx) => tx.change.findUnique({ where: { id: holder.changeId }, select: { state: true } }))
  return change?.state === 'ended'
}

/** Keeps in the journal that the host was locked, so that the change's page offers to look at the lock. */
async function lockedError(run: HostRun, lock: HostLock): Promise<AppError> {
  const text = lockSentence(lock, instanceId())
  const { changeId, hostId, hostName } = run
  await work((tx) =>
    tx.journalLine.create({ data: { changeId, hostId, hostName, at: new Date(), kind: 'locked', text } }),
  )
  changeGrew(changeId)
  const undo = isUnderWay(lock.state)
    ? ` Let it end, or take it back on the host: sh ${lock.root}/changes/${lock.owner.split(' ')[0]}/undo`
    : ' Nobody works under it: an admin can break it.'
  return new AppError('locked', `expected ${hostName} to be free, got a lock of '${lock.owner}'`, {
    userMessage: `${hostName}: ${text} Nothing was touched.${undo}`,
    data: { host: hostName, owner: lock.owner },
  })
}
