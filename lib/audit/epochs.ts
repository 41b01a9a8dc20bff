import { read, type Tx } from '@/lib/db'
import { auditKey, auditKeyOf, sealWith, unseal } from '@/lib/secrets/seal'

const placeOf = (lastRow: number) => ({ table: 'audit_epoch', row: String(lastRow), field: 'sealedKey' })

/** The key of the audit chain for each row: that of today, or that of its time. */
export async function readEpochs(): Promise<(rowId: number) => Buffer> {
  const rows = await read((tx) => tx.auditEpoch.findMany({ orderBy: { lastRow: 'asc' } }))
  const epochs = rows.map(({ lastRow, sealedKey }) => ({
    lastRow,
    key: Buffer.from(unseal(sealedKey, placeOf(lastRow)), 'base64'),
  }))
  return (rowId) => epochs.find((epoch) => rowId <= epoch.lastRow)?.key ?? auditKey()
}

/**
 * Ends an epoch of the audit chain: its rows keep their MACs, which may be noted elsewhere, and the key that verifies them is kept
 * under the new sealing key. That key makes MACs, and tells nothing of the sealing key that it came from.
 */
export async function endEpoch(tx: Tx, from: Buffer, to: Buffer): Promise<void> {
  const last = await tx.auditRow.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  if (last === null || (await tx.auditEpoch.findUnique({ where: { lastRow: last.id } }))) return
  const sealedKey = sealWith(to, auditKeyOf(from).toString('base64'), placeOf(last.id))
  await tx.auditEpoch.create({ data: { lastRow: last.id, sealedKey } })
}
