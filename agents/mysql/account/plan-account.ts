import { type Plan, type PlanHost, refuse, type Step } from '@/lib/agent'
import { tagOf } from '@/lib/agent/config-file'
import type { MysqlFacts } from '../facts/facts'
import { AGENT } from '../names'
import type { AccountDesired, AccountMay } from './desired'
import { accountFindings } from './findings'
import { type Grant, isSameGrants, linesOf } from './grant'
import { ACCOUNT, LOGIN } from './name'
import { accountFileAt } from './option-file'
import { grantsFor } from './rights'
import { type AccountSituation, accountSituation } from './situation'
import {
  accountChecks,
  changeStep,
  goneCheck,
  lookStep,
  makeStep,
  modeStep,
  proveStep,
  secretsOf,
  unmakeStep,
} from './steps'

/**
 * Pollux's own account of one server: made with just the rights that reading, or reading and tuning, takes; given others; or
 * taken away. An account of that name that Pollux did not make is left alone.
 * @throws AppError `invalid` where it cannot be, with the reason; nothing was touched then
 */
export function planAccount(hosts: readonly PlanHost<MysqlFacts>[], wish: AccountDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which the server runs.')
  const of = accountSituation(host, wish.server)
  const grants = grantsFor(of.version, wish.may)
  const steps = wish.may === 'nothing' ? unmakeSteps(of, wish) : makeSteps(of, wish, grants)
  const { hostId, name } = host
  const isSome = steps.length > 0
  const secrets = secretsOf(wish.admin)
  return {
    agent: AGENT,
    title: titles[wish.may](name),
    summary: summaryOf(of, wish.may),
    phases: isSome ? [{ id: 'account', title: `Account on ${name}`, hosts: [{ hostId, steps }] }] : [],
    checks: isSome ? (wish.may === 'nothing' ? [goneCheck(of)] : accountChecks(of, grants)) : [],
    basis: [
      { hostId, name: 'version', value: of.version.text },
      { hostId, name: `rights of ${LOGIN}`, value: typeof of.grants === 'string' ? of.grants : linesOf(of.grants) },
      { hostId, name: of.path, value: tagOf(accountFileAt(host.facts, of.path)) },
    ],
    findings: isSome ? accountFindings(of, wish) : [],
    guard: null,
    ...(secrets.length > 0 ? { secrets, forgets: secrets } : {}),
    ...(wish.may === 'nothing' ? {} : { next: { title: 'Tune it' } }),
    nothingToDo: isSome ? null : nothingWords[wish.may](of),
  }
}

const titles: Readonly<Record<AccountMay, (name: string) => string>> = {
  read: (name) => `The account ${LOGIN} on ${name}, which may only read`,
  tune: (name) => `The account ${LOGIN} on ${name}, which reads and tunes`,
  nothing: (name) => `No account ${LOGIN} on ${name} any more`,
}

const nothingWords: Readonly<Record<AccountMay, (of: AccountSituation) => string>> = {
  read: ({ hostName }) => `${ACCOUNT} on ${hostName} is there, and has these rights and no others.`,
  tune: ({ hostName }) => `${ACCOUNT} on ${hostName} is there, and has these rights and no others.`,
  nothing: ({ hostName, path }) => `There is no account of Pollux’s on ${hostName}: ${path} is not there.`,
}

function summaryOf({ path }: AccountSituation, may: AccountMay): string {
  if (may === 'nothing') return `Drops ${ACCOUNT} and removes ${path}. Pollux asks as root of the socket again.`
  return `Makes ${ACCOUNT} with the least rights; its password is drawn on the host and stays there, in ${path}. Undo drops it.`
}

function makeSteps(of: AccountSituation, { admin }: AccountDesired, grants: readonly Grant[]): Step[] {
  const { grants: now, file, hostName, path } = of
  // What was just made is asked only at the next reading.
  if (now === 'unknown' && file === 'as written' && isNotAsked(of)) return []
  if (typeof now === 'string') return [lookStep(of, admin), makeStep(of, { admin, grants }), proveStep(of, grants)]
  if (file === 'gone')
    throw refuse(
      `There is an account ${ACCOUNT} on ${hostName} already that Pollux has no password for: it is left alone. If nobody needs it: DROP USER ${ACCOUNT};`,
    )
  if (file === 'edited' || file === 'not readable')
    throw refuse(`${path} on ${hostName} is ${file}: take the account away first, and make it anew.`)
  return [
    ...(file === 'as written' ? [] : [modeStep(of, file.mode)]),
    ...(isSameGrants(now, grants) ? [] : [changeStep(of, admin, grants, now), proveStep(of, grants)]),
  ]
}

function unmakeSteps(of: AccountSituation, { admin }: AccountDesired): Step[] {
  if (of.file === 'gone') return []
  const grants = typeof of.grants === 'string' ? grantsFor(of.version, 'read') : of.grants
  return [unmakeStep(of, { admin, grants })]
}

function isNotAsked({ server: { said } }: AccountSituation): boolean {
  return said.state === 'not-read' && said.why === 'not-asked'
}
