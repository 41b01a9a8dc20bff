import { isAppError } from '@/lib/errors'
import { type ConnectionReport, type ConnectionStage, connectionStages } from '@/lib/ssh/types'

/** How the last contact with a host went: not tried, fine, the stage that failed, or a key exchange that the legacy profile would make. */
export type Reach = 'unread' | 'ok' | 'legacy-only' | ConnectionStage

/** Every reach there is, as the store's text may say it. */
export const reaches: readonly Reach[] = ['unread', 'ok', 'legacy-only', ...connectionStages]

export function asReach(text: string): Reach {
  return reaches.find((reach) => reach === text) ?? 'unread'
}

/** What went wrong, in the words of a list: "Out of reach: port". */
export const reachWords: Readonly<Record<Reach, string>> = {
  unread: 'Not read yet',
  ok: 'In reach',
  'legacy-only': 'Old SSH only',
  name: 'Name unknown',
  route: 'No route',
  port: 'No answer',
  'key-exchange': 'No key exchange',
  'host-key': 'Key changed',
  login: 'Login refused',
  privilege: 'No root',
  shell: 'No shell',
}

/**
 * What an error of lib/ssh says about a host, or null when it says nothing (a mistake of ours, a cancelled read). A jump
 * host that failed means no route to the host behind it.
 */
export function reachOfError(hostId: string, error: unknown): { reach: Reach; reachDetail: string } | null {
  if (!isAppError(error)) return null
  const reachDetail = error.userMessage ?? error.message
  const stage = error.data['stage']
  // The connection broke under a command: the host was there and is not any more.
  const failed = stage === 'command' ? 'port' : connectionStages.find((known) => known === stage)
  if (!failed) return null
  // A scan of keys asks an address, not a host: it names none.
  const blamed = error.data['hostId']
  if (typeof blamed === 'string' && blamed !== '' && blamed !== hostId) return { reach: 'route', reachDetail }
  const isLegacy = failed === 'key-exchange' && error.data['suggestedProfile'] === 'legacy'
  return { reach: isLegacy ? 'legacy-only' : failed, reachDetail }
}

/** The same of a connection test. */
export function reachOfReport(report: ConnectionReport): { reach: Reach; reachDetail: string | null } {
  const failed = report.stages.find((stage) => stage.state === 'failed')
  if (!failed) return { reach: 'ok', reachDetail: null }
  const isLegacy = failed.stage === 'key-exchange' && report.suggestedProfile === 'legacy'
  return { reach: isLegacy ? 'legacy-only' : failed.stage, reachDetail: failed.message }
}
