import { Socket } from 'node:net'
import { type AppError, isAppError } from '@/lib/errors'
import { commandFor, type SudoForm } from './command-line'
import { converse } from './converse'
import { closeChain, openFreshChain, soloSettings } from './fresh-chain'
import { noPinnedKey } from './host-key'
import type { Connection } from './log-in'
import { execRefused, startExec } from './open-exec'
import { scanHostKeys } from './scan-host-keys'
import {
  type ConnectionReport,
  type ConnectionStage,
  connectionStages,
  type MissingAlgorithms,
  type SshTarget,
  type StageReport,
} from './types'

const commandTimeoutMs = 40_000

/**
 * Walks the way to a host step by step, on connections of its own, and says how far it goes. A host that cannot be
 * used is a report, not an error.
 */
export async function testConnection(target: SshTarget): Promise<ConnectionReport> {
  const started = performance.now()
  const found = new Map<ConnectionStage, StageReport>()
  let failure: AppError | null = null
  try {
    if (target.hostKeys.length === 0) await scanUnpinned(target)
    const chain = await openFreshChain(target, soloSettings())
    try {
      const connection = chain.at(-1)
      if (connection !== undefined) await tryCommands(connection, target, found)
    } finally {
      closeChain(chain)
    }
  } catch (error) {
    if (!isAppError(error)) throw error
    failure = error
  }
  const stages = connectionStages.map((stage) => found.get(stage) ?? notReached(stage))
  const report = failure === null ? stages : withFailure(target, stages, failure)
  return {
    ok: report.every((stage) => stage.state === 'ok'),
    stages: report,
    suggestedProfile: failure?.data.suggestedProfile === 'legacy' ? 'legacy' : null,
    missingAlgorithms: missingOf(failure),
    durationMs: performance.now() - started,
  }
}

/** Without a confirmed key there is no login, but the way up to the key can be walked. */
async function scanUnpinned(target: SshTarget): Promise<never> {
  await scanHostKeys(target)
  throw noPinnedKey(target)
}

async function tryCommands(
  connection: Connection,
  target: SshTarget,
  found: Map<ConnectionStage, StageReport>,
): Promise<void> {
  const ok = (stage: ConnectionStage, message: string) => found.set(stage, { stage, state: 'ok', message })
  for (const [stage, message] of beforeShell(connection, target)) ok(stage, message)
  const uid = (await runOn(connection, target, null)).trim()
  ok('shell', 'sh runs scripts.')
  if (target.privilege === 'none') return void ok('privilege', `${target.user} works without root.`)
  if (target.privilege === 'root') {
    if (uid !== '0') throw notRoot(target, uid)
    return void ok('privilege', 'The login is root.')
  }
  await runOn(connection, target, target.sudoPassword === undefined ? 'never-asks' : 'may-ask')
  ok('privilege', 'sudo runs commands as root.')
}
