import { findPaused } from '@/lib/config/paused'
import { version } from '@/lib/config/version'
import { read } from '@/lib/db'
import { jobStates } from '@/lib/jobs'
import { log } from '@/lib/log'

export interface Health {
  ok: boolean
  store: 'ok' | 'failed'
  /** Paused: the store was restored from a backup, and an admin has not resumed it yet. */
  worker: 'running' | 'paused' | 'stopped'
  version: string
}

/** Asks the store and the worker how they are. Says no more than a stranger may know. */
export async function checkHealth(): Promise<Health> {
  const store = await checkStore()
  const worker = findPaused() !== null ? 'paused' : jobStates().isStarted ? 'running' : 'stopped'
  return { ok: store === 'ok' && worker !== 'stopped', store, worker, version }
}

async function checkStore(): Promise<Health['store']> {
  try {
    await read((tx) => tx.setting.findFirst({ select: { key: true } }))
    return 'ok'
  } catch (error) {
    log.error({ err: error }, 'the store does not answer')
    return 'failed'
  }
}
