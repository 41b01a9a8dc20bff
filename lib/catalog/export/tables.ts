import { AppError } from '@/lib/errors'
import { clientsExport } from '../clients/clients-export'
import { logExport } from '../jobs/job-log'
import { jobsExport } from '../jobs/jobs-export'
import { daysExport, lateExport, sizesExport } from '../overview/overview-exports'
import { poolsExport } from '../pools/pools-export'
import { volumesExport } from '../volumes/volumes-export'
import { type CellTable, cellTable } from './table-export'

/** Every table that can be taken away, by its name in the address. */
const tables: readonly CellTable[] = [
  cellTable(daysExport),
  cellTable(lateExport),
  cellTable(sizesExport),
  cellTable(poolsExport),
  cellTable(volumesExport),
  cellTable(jobsExport),
  cellTable(logExport),
  cellTable(clientsExport),
]

/** The table of that name. Throws `not-found`. */
export function getTable(name: string): CellTable {
  const found = tables.find((table) => table.name === name)
  if (found) return found
  throw new AppError('not-found', `expected a table of ${tables.map((table) => table.name).join(', ')}, got ${name}`, {
    userMessage: 'There is no such table.',
  })
}
