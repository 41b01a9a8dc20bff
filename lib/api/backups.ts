import { z } from 'zod'
import { listBackups } from '@/lib/catalog/keep/list-backups'
import { operation } from './operation'
import { instant, instantOf } from './shapes'

export const listBackupsOperation = operation({
  method: 'GET',
  path: '/api/v1/backups',
  id: 'listBackups',
  summary: 'Every catalog with its backups, as they were read last: when each was good last, and whether it is late',
  right: 'read backups',
  input: z.object({}),
  output: z.object({
    catalogs: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        readAt: instant.nullable(),
        trouble: z.string().nullable().describe('Why the last reading did not end well.'),
        backups: z.array(
          z.object({
            name: z.string(),
            clientName: z.string(),
            hostId: z.string().nullable(),
            state: z.string().describe('on time, overdue, never good, unknown, silent'),
            because: z.string(),
            lastGoodAt: instant.nullable(),
            dueBy: instant.nullable(),
            lastJobId: z.int().nullable(),
          }),
        ),
      }),
    ),
  }),
  async run(ctx) {
    const catalogs = await listBackups(ctx)
    return {
      catalogs: catalogs.map((catalog) => ({
        ...catalog,
        readAt: instantOf(catalog.readAt),
        backups: catalog.backups.map((backup) => ({
          ...backup,
          lastGoodAt: instantOf(backup.lastGoodAt),
          dueBy: instantOf(backup.dueBy),
        })),
      })),
    }
  },
})
