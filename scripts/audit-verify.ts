import { type AuditVerdict, type NotedRow, verifyAudit } from '@/lib/audit/verify-audit'
import { runShutdown } from '@/lib/config/shutdown'
import { commandLineCtx } from './command-line/command-line-ctx'

// npm run audit-verify [-- ROW:MAC]: walks the record of deeds from its first row, and ends with 1 where it does not
// fit. With a row that was noted earlier (the log has them as auditHead) it also tells whether that one still stands.
const word = process.argv[2]
const noted = word === undefined ? undefined : notedRow(word)
const isGood = noted === null ? refuse(word) : report(await verifyAudit(commandLineCtx(), noted), noted)
await runShutdown(5_000)
process.exit(isGood ? 0 : 1)

function report({ good, head, broken, stands }: AuditVerdict, noted: NotedRow | undefined): boolean {
  if (broken)
    console.error(
      `Row ${broken.id} (${broken.at.toISOString()}, ${broken.actor}: ${broken.verb} ${broken.label}) does not fit what stands before it: it, or a row before it, was changed or taken away. ${good} rows before it fit.`,
    )
  else if (head)
    console.log(`All ${good} rows fit. The newest is ${head.id}:${head.mac}
Noted elsewhere, this shows later whether rows at the end were taken away: npm run audit-verify -- ${head.id}:${head.mac}`)
  else console.log('The record of deeds is empty.')
  if (stands === false)
    console.error(`Row ${noted?.id} is not there as it was noted: rows were taken away or put anew.`)
  if (stands === true) console.log(`Row ${noted?.id} stands as it was noted.`)
  return broken === null && stands !== false
}

function notedRow(text: string): NotedRow | null {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text)
  return found ? { id: Number(found[1]), mac: found[2] ?? '' } : null
}

function refuse(text: string | undefined): false {
  console.error(`Expected a row as audit-verify prints it, such as 14:9602…, and got "${text}".`)
  return false
}
