import type { Tx } from '@/lib/db'
import type { SealPlace } from './seal'

/** One sealed value, where it stands, and how another takes its place. */
export interface SealedValue {
  place: SealPlace
  sealed: Uint8Array
  put(sealed: Uint8Array<ArrayBuffer>): Promise<unknown>
}

/** A column of sealed values: the column as the schema names it, and its values, some at a time. */
export interface SealedColumn {
  column: `${string}.${string}`
  /** The values after the row with this id (null: from the first), and the id to go on with; null at the end. */
  page(tx: Tx, after: string | null): Promise<{ values: SealedValue[]; next: string | null }>
}

const pageSize = 100

/**
 * Every column that is sealed with the sealing key. A test reads the schema and fails for one that is missing here: it would
 * be lost when the key is rotated. A value that is written again keeps its `updatedAt`, for nobody edited it.
 */
export const sealedColumns: readonly SealedColumn[] = [
  {
    column: 'credential.sealed',
    async page(tx, after) {
      const rows = await tx.credential.findMany({
        ...pageAfter(after),
        select: { id: true, sealed: true, updatedAt: true },
      })
      return pageOf(rows, ({ id, sealed, updatedAt }) => ({
        place: { table: 'credential', row: id, field: 'sealed' },
        sealed,
        put: (next) => tx.credential.update({ where: { id }, data: { sealed: next, updatedAt } }),
      }))
    },
  },
  {
    column: 'host.sealedSudo',
    async page(tx, after) {
      const rows = await tx.host.findMany({
        ...pageAfter(after),
        select: { id: true, sealedSudo: true, updatedAt: true },
      })
      return pageOf(rows, ({ id, sealedSudo, updatedAt }) => ({
        place: { table: 'host', row: id, field: 'sealedSudo' },
        sealed: sealedSudo,
        put: (next) => tx.host.update({ where: { id }, data: { sealedSudo: next, updatedAt } }),
      }))
    },
  },
  {
    column: 'catalog.sealedPassword',
    async page(tx, after) {
      const rows = await tx.catalog.findMany({
        ...pageAfter(after),
        select: { id: true, sealedPassword: true, updatedAt: true },
      })
      return pageOf(rows, ({ id, sealedPassword, updatedAt }) => ({
        place: { table: 'catalog', row: id, field: 'sealedPassword' },
        sealed: sealedPassword,
        put: (next) => tx.catalog.update({ where: { id }, data: { sealedPassword: next, updatedAt } }),
      }))
    },
  },
  {
    column: 'change.sealedPlan',
    async page(tx, after) {
      const rows = await tx.change.findMany({
        where: { id: { gt: Number(after ?? 0) } },
        orderBy: { id: 'asc' },
        take: pageSize,
        select: { id: true, sealedPlan: true },
      })
      return pageOf(rows, ({ id, sealedPlan }) => ({
        place: { table: 'change', row: 'plan', field: 'sealedPlan' },
        sealed: sealedPlan,
        put: (next) => tx.change.update({ where: { id }, data: { sealedPlan: next } }),
      }))
    },
  },
  {
    column: 'second_factor.sealedSecret',
    async page(tx, after) {
      const rows = await tx.secondFactor.findMany({
        where: { userId: { gt: after ?? '' } },
        orderBy: { userId: 'asc' },
        take: pageSize,
        select: { userId: true, sealedSecret: true },
      })
      const withId = rows.map(({ userId, sealedSecret }) => ({ id: userId, sealedSecret }))
      return pageOf(withId, ({ id, sealedSecret }) => ({
        place: { table: 'second_factor', row: id, field: 'sealedSecret' },
        sealed: sealedSecret,
        put: (next) => tx.secondFactor.update({ where: { userId: id }, data: { sealedSecret: next } }),
      }))
    },
  },
  {
    column: 'audit_epoch.sealedKey',
    async page(tx, after) {
      const rows = await tx.auditEpoch.findMany({
        where: { lastRow: { gt: Number(after ?? 0) } },
        orderBy: { lastRow: 'asc' },
        take: pageSize,
      })
      const withId = rows.map(({ lastRow, sealedKey }) => ({ id: lastRow, sealedKey }))
      return pageOf(withId, ({ id, sealedKey }) => ({
        place: { table: 'audit_epoch', row: String(id), field: 'sealedKey' },
        sealed: sealedKey,
        put: (next) => tx.auditEpoch.update({ where: { lastRow: id }, data: { sealedKey: next } }),
      }))
    },
  },
]

function pageAfter(after: string | null) {
  return { where: { id: { gt: after ?? '' } }, orderBy: { id: 'asc' as const }, take: pageSize }
}

type Found = Omit<SealedValue, 'sealed'> & { sealed: Uint8Array | null }

function pageOf<Row extends { id: string | number }>(rows: readonly Row[], toValue: (row: Row) => Found) {
  const values = rows.map(toValue).flatMap(({ sealed, ...value }) => (sealed === null ? [] : [{ ...value, sealed }]))
  const last = rows.at(-1)
  return { values, next: last && rows.length === pageSize ? String(last.id) : null }
}
