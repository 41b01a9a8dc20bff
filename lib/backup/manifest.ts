import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { sumOf } from './files'

export const manifestName = 'manifest.json'

/** The files of a backup: the store, and the installation's name, by which its hosts know it. Never the sealing key. */
export const backedUp = ['pollux.db', 'instance'] as const

const Manifest = z.object({
  format: z.literal('pollux backup'),
  formatVersion: z.literal(1),
  /** The version of Pollux that made it. */
  pollux: z.string().max(40),
  /** The newest migration of the store in it. */
  migration: z.string().max(200),
  madeAt: z.iso.datetime(),
  /** Tells which sealing key it needs, and nothing of the key. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  files: z.partialRecord(
    z.enum(backedUp),
    z.object({ bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
})
export type Manifest = z.output<typeof Manifest>

/**
 * Reads the manifest of a backup and compares every file with it. Throws AppError `invalid` with a sentence where the folder is
 * no backup or is not as it was written.
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder)
  for (const [name, expected] of Object.entries(manifest.files)) {
    const file = join(folder, name)
    if (!existsSync(file)) refuse(`${file} is missing: this backup is not whole. Use another one.`)
    const found = await sumOf(file).catch((cause: unknown) =>
      refuse(`${file} can't be read. Look at its rights.`, cause),
    )
    if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256)
      refuse(`${file} is not as the backup's manifest says: it was cut short or changed. Use another backup.`)
  }
  if (!manifest.files['pollux.db']) refuse(`${folder} names no store in its manifest. Use another backup.`)
  return manifest
}

function readManifest(folder: string): Manifest {
  const file = join(folder, manifestName)
  if (!existsSync(file))
    refuse(`${folder} is no backup: it holds no ${manifestName}. Name the folder that npm run backup printed.`)
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    return refuse(`${file} can't be read as the manifest of a backup of this version. Use another backup.`, cause)
  }
}

function refuse(sentence: string, cause?: unknown): never {
  throw new AppError('invalid', 'expected a whole backup', { cause, userMessage: sentence })
}
