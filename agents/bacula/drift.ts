import type { Drift, PlanHost } from '@/lib/agent'
import { findConsole, hasOurCommands } from './console-resource'
import type { BaculaDesired } from './desired'
import type { BaculaFacts } from './facts'
import { dirConf, polluxConf } from './paths'

/** Where the console is no longer as a change left it. What was asked of the director leaves nothing that could differ. */
export function driftOf({ facts }: PlanHost<BaculaFacts>, { operation }: BaculaDesired): Drift[] {
  if (operation.kind !== 'console') return []
  const expected = operation.present ? 'there, with the commands of Pollux' : 'not there'
  const seen = [
    { what: `the console pollux in ${dirConf}`, expected, seen: resourceSeen(facts) },
    { what: polluxConf, expected: operation.present ? 'there, mode 0640' : 'not there', seen: fileSeen(facts) },
  ]
  return seen.filter((drift) => drift.seen !== drift.expected)
}

function resourceSeen({ dirConf: file }: BaculaFacts): string {
  if (file.state === 'unread') return 'the file could not be read'
  const found = file.state === 'there' ? findConsole(file.bytes) : null
  if (found === null) return 'not there'
  if (found === 'many') return 'there twice'
  return hasOurCommands(found) ? 'there, with the commands of Pollux' : 'there, with other commands'
}

function fileSeen({ polluxConf: file }: BaculaFacts): string {
  if (file.state === 'absent') return 'not there'
  if (file.state === 'unread') return 'could not be read'
  return file.type === 'file' ? `there, mode ${file.mode}` : `a ${file.type}`
}
