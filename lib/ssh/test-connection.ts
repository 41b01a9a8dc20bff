import { Socket } from 'node:net'
import { type AppError, isAppError } from '@/lib/errors'
import { commandFor, type SudoForm } from './command-line'
import { connectionError } from './connection-error'
import { converse } from './converse'
import { closeChain, openFreshChain, soloSettings } from './fresh-chain'
import { noPinnedKey } from './host-key'
import type { Connection } from './log-in'
import { execRefused, startExec } from './open-exec'
import { scanPlace } from './scan-host-keys'
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
  await scanPlace(target, target.jump)
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

/** The stages that a login proves. */
function beforeShell({ stream, ident }: Connection, target: SshTarget): (readonly [ConnectionStage, string])[] {
  const address = stream instanceof Socket ? stream.remoteAddress : undefined
  const isName = address !== undefined && address !== target.address
  const through = target.jump === undefined ? '' : ` through ${target.jump.name}`
  return [
    ['name', isName ? `${target.address} is ${address}.` : `${target.address} is taken as it is.`],
    ['route', `There is a way to the host${through}.`],
    ['port', `Port ${target.port} takes connections.`],
    ['key-exchange', `${ident} and Pollux agree on algorithms (${target.profile} profile).`],
    ['host-key', 'The host shows the confirmed key.'],
    ['login', `${target.user} is logged in with the ${target.auth.kind}.`],
  ]
}

/** The user id that a script sees, as text. */
async function runOn(connection: Connection, target: SshTarget, sudo: SudoForm['kind'] | null): Promise<string> {
  const started = performance.now()
  const command = commandFor({ kind: 'script', sh: 'id -u' }, sudo)
  const attempt = await startExec(connection.client, command.line, (channel) => ({
    conversation: converse(channel, target, command, { timeoutMs: commandTimeoutMs }, started, () => undefined),
  }))
  if (attempt.state !== 'open') throw execRefused(target)
  const { result } = await attempt.begun.conversation
  if (result.timedOut) throw silentShell(target)
  return result.stdout.toString('utf8')
}

function notReached(stage: ConnectionStage): StageReport {
  return { stage, state: 'not-reached', message: '' }
}

/** What lies before the failed stage went well, or the failure would have been another. */
function withFailure(target: SshTarget, stages: readonly StageReport[], failure: AppError): StageReport[] {
  const own = connectionStages.find((stage) => stage === failure.data.stage)
  const isJump = failure.data.hostId !== target.hostId
  const failed: ConnectionStage = isJump ? 'route' : (own ?? 'shell')
  const sentence = failure.userMessage ?? failure.message
  const message = isJump ? `The jump host cannot be used. ${sentence}` : sentence
  const at = connectionStages.indexOf(failed)
  return stages.map((report, i) => {
    if (report.stage === failed) return { stage: failed, state: 'failed', message }
    // The shell is tried before the privilege, which stands before it in the list.
    if (report.state === 'ok' || i > at || report.stage === 'privilege') return report
    return { ...report, state: 'ok', message: '' }
  })
}

// `missing` is put there by login-failure.ts alone, as a list of MissingAlgorithms.
function missingOf(failure: AppError | null): readonly MissingAlgorithms[] {
  const missing = failure?.data.missing
  return Array.isArray(missing) ? missing : []
}

function notRoot(target: SshTarget, uid: string): AppError {
  return connectionError(
    'forbidden',
    target,
    'privilege',
    `expected user id 0, got ${uid}`,
    `${target.user} on ${target.name} is not root. Choose sudo for this host, or log in as root.`,
  )
}

function silentShell(target: SshTarget): AppError {
  return connectionError(
    'unreachable',
    target,
    'shell',
    `expected a script's end within ${commandTimeoutMs} ms, got none`,
    `The login of ${target.user} on ${target.name} starts a shell that does not run scripts. A start-up file of the user may wait for something.`,
  )
}
