import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read, work } from '@/lib/db'
import { withReader } from '@/lib/sql'
import { makeSample } from '../sample/make-sample'
import { samplePath } from './catalog-place'
import { lookAtCatalog } from './look-at-catalog'

/** The director of the sample stands where the article was written. */
export const sampleZone = 'Europe/Paris'
export const sampleSeed = 1

export const AddSampleInput = z.object({})

/** Makes a sample catalog with a year of backups until now, and keeps it like any other, marked as a sample. */
export async function addSample(ctx: Ctx, _input: z.input<typeof AddSampleInput> = {}): Promise<{ catalogId: string }> {
  authorize(ctx, 'edit catalogs')
  const catalogId = randomUUID()
  const path = await writeSample(catalogId)
  try {
    const place = { way: 'file', dialect: 'sqlite', path } as const
    const { schema } = await withReader(place, (reader) => lookAtCatalog(reader, sampleZone))
    const taken = (await read((tx) => tx.catalog.findMany({ select: { name: true } }))).map(({ name }) => name)
    const name = freeName(taken)
    await work(async (tx) => {
      await tx.catalog.create({
        data: {
          id: catalogId,
          name,
          way: 'sample',
          dialect: 'sqlite',
          zone: sampleZone,
          zoneSource: 'told',
          product: schema.product,
          schemaVersion: schema.versionId,
        },
      })
      await writeAudit(tx, ctx, {
        verb: 'add catalog',
        object: 'catalog',
        objectId: catalogId,
        label: name,
        detail: { way: 'sample' },
      })
    })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { catalogId }
}

/** Writes the file of a sample anew, its year ending now; gives its path. */
export async function writeSample(catalogId: string, now = new Date()): Promise<string> {
  const path = samplePath(catalogId)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await makeSample(path, { now, seed: sampleSeed, zone: sampleZone })
  return path
}

function freeName(taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'Sample' : `Sample ${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}
