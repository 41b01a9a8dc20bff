import { read } from '@/lib/db'
import { log } from '@/lib/log'

/**
 * Writes the newest row's number and MAC into the log, and returns them; null while the record is empty. Kept where
 * the log is kept, it shows later whether rows at the end of the chain were taken away, which the chain itself cannot.
 */
export async function logAuditHead(): Promise<{ id: number; mac: string } | null> {
  const head = await read((tx) => tx.auditRow.findFirst({ orderBy: { id: 'desc' }, select: { id: true, mac: true } }))
  if (head) log.info({ auditHead: `${head.id}:${head.mac}` }, 'head of the audit chain')
  return head
}
