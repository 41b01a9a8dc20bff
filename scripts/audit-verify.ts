import { readFileSync } from 'node:fs'
import { type AuditVerdict, type NotedRow, verifyAudit } from '@/lib/audit/verify-audit'
import { runShutdown } from '@/lib/config/shutdown'
import { commandLineCtx } from './command-line/command-line-ctx'

// npm run audit-verify [-- ROW:MAC … | -- --log FILE]: walks the record of deeds from its first row, and ends with 1 where
// it does not fit. With rows that were noted earlier (the log has them as auditHead; FILE is that log, "-" standard input)
// it also tells whether those still stand.
const noted = notedRows(process.argv.slice(2))
const isGood =
  typeof noted === 'string' ? refuse(noted) : report(await verifyAudit(commandLineCtx(), noted), noted.length)
await runShutdown(5_000)
process.exit(isGood ? 0 : 1)

function report({ good, head, broken, removedThrough, missing }: AuditVerdict, asked: number): boolean {
  if (broken)
    console.error(
      `Row ${broken.id} (${broken.at.toISOString()}, ${broken.actor}: ${broken.verb} ${broken.label}) does not fit what stands before it: it, or a row before it, was changed or taken away. ${good} rows before it fit.`,
    )
  else if (head)
    console.log(`All ${good} rows fit. The newest is ${head.id}:${head.mac}
Noted elsewhere, this shows later whether rows at the end were taken away: npm run audit-verify -- ${head.id}:${head.mac}`)
  else console.log('The record of deeds is empty.')
  if (removedThrough !== null) console.log(`Retention removed the rows up to ${removedThrough}.`)
  for (const { id } of missing)
    console.error(`Row ${id} is not there as it was noted: rows were taken away or put anew.`)
  if (asked > 0 && missing.length === 0)
    console.log(
      asked === 1 ? 'The noted row stands as it was noted.' : `All ${asked} noted rows stand as they were noted.`,
    )
  return broken === null && missing.length === 0
}

/** What was noted; a sentence for the person when that cannot be read. */
function notedRows(words: readonly string[]): NotedRow[] | string {
  if (words[0] === '--log') return rowsOfLog(words[1])
  const rows = words.map((word) => notedRow(word))
  const strange = words.find((_, at) => rows[at] === null)
  if (strange !== undefined) return `Expected a row as audit-verify prints it, such as 14:9602…, and got "${strange}".`
  return rows.filter((row) => row !== null)
}

function rowsOfLog(file = '-'): NotedRow[] | string {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8')
    const rows = [...text.matchAll(/"auditHead":"(\d{1,15}:[0-9a-f]{64})"/g)].flatMap(
      ([, row]) => notedRow(row ?? '') ?? [],
    )
    return rows.length > 0 ? rows : `Expected lines with auditHead in the log ${file}, and found none.`
  } catch (error) {
    return `The log ${file} can't be read (${error instanceof Error ? error.message : error}).`
  }
}

function notedRow(text: string): NotedRow | null {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text)
  return found ? { id: Number(found[1]), mac: found[2] ?? '' } : null
}

function refuse(sentence: string): false {
  console.error(sentence)
  return false
}
