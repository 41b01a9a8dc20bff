import { z } from 'zod'
import { notePaused, type Paused } from '@/lib/config/paused'
import { read, type Tx } from '@/lib/db'

/** The setting that holds why Pollux is paused; without it, it is not. */
export const pauseKey = 'paused'

const Kept = z.object({ at: z.iso.datetime(), backupAt: z.iso.datetime() })

/** Keeps in the store that it is paused: there it also holds for the next start. */
export async function keepPause(tx: Tx, paused: Paused): Promise<void> {
  const value = JSON.stringify(paused)
  await tx.setting.upsert({ where: { key: pauseKey }, create: { key: pauseKey, value }, update: { value } })
}

/** Reads whether the store is paused, and tells the process. A row that cannot be read pauses, too. */
export async function loadPause(): Promise<Paused | null> {
  const row = await read((tx) => tx.setting.findUnique({ where: { key: pauseKey } }))
  const paused = row ? parsePause(row.value, row.updatedAt) : null
  notePaused(paused)
  return paused
}

function parsePause(text: string, at: Date): Paused {
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    return { at: at.toISOString(), backupAt: at.toISOString() }
  }
}
