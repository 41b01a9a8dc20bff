import { verifyAudit } from '@/lib/audit/verify-audit'
import { runShutdown } from '@/lib/config/shutdown'
import { commandLineCtx } from './command-line/command-line-ctx'

// npm run audit-verify: walks the record of deeds from its first row, and ends with 1 where it does not fit.
const { good, head, broken } = await verifyAudit(commandLineCtx())
if (broken)
  console.error(
    `Row ${broken.id} (${broken.at.toISOString()}, ${broken.actor}: ${broken.verb} ${broken.label}) does not fit what stands before it: it, or a row before it, was changed or taken away. ${good} rows before it fit.`,
  )
else if (head)
  console.log(`All ${good} rows fit. The newest is ${head.id}, ${head.mac}
Noted elsewhere, this shows later whether rows at the end were taken away.`)
else console.log('The record of deeds is empty.')
await runShutdown(5_000)
process.exit(broken ? 1 : 0)
