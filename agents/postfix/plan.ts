import type { Plan } from '@/lib/agent'
import { basisOf } from './basis'
import { checksOf } from './checks'
import type { PostfixDesired, SetDesired } from './desired'
import type { Instance } from './facts'
import { findingsOf } from './findings'
import { planInstall } from './install'
import { parseMainCf } from './main-cf'
import { parseMasterCf } from './master-cf'
import { AGENT, listNames } from './names'
import { bytesAt } from './parameters'
import { mainPath, masterPath } from './paths'
import { shippedWish } from './read-wish'
import { type Host, hostOf, instanceOf, refuseImpossible } from './resolve'
import { expectedSockets, sameSockets } from './sockets'
import { activationOf, editsOf, stepsOf } from './steps'
import { ownAddresses, wishedFiles } from './wished'
import { secretsOf } from './without-secrets'

/** The plan for one Postfix. Throws AppError `invalid` when the wish cannot be met. */
export function planPostfix(hosts: readonly Host[], desired: PostfixDesired): Plan {
  const host = hostOf(hosts, desired)
  if (desired.operation === 'install') return planInstall(host)
  const instance = instanceOf(host, desired.instance)
  if (desired.operation === 'reset') return planSet(host, instance, shippedWish(host.facts, instance, desired), true)
  return planSet(host, instance, desired, false)
}

function planSet(host: Host, instance: Instance, desired: SetDesired, isReset: boolean): Plan {
  const { hostId, name, facts } = host
  refuseImpossible(host, instance, desired)
  const wished = wishedFiles(facts, instance, desired)
  const edits = editsOf(facts, name, wished)
  const before = expectedSockets(facts, instance)
  const after = expectedSockets(facts, instance, parseMasterCf(wished.get(masterPath(instance)) ?? ''))
  const main = parseMainCf(wished.get(mainPath(instance)) ?? '')
  const activation = activationOf(instance, edits, !sameSockets(before, after))
  const steps = stepsOf(facts, instance, edits, activation)
  const isWorking = steps.length > 0
  return {
    agent: AGENT,
    title: titleOf(host, instance, desired, isReset),
    summary: isWorking ? summaryOf(host, desired, isReset, activation) : 'Nothing is changed.',
    phases: isWorking ? [{ id: 'configure', title: `Mail on ${name}`, hosts: [{ hostId, steps }] }] : [],
    checks: isWorking ? checksOf({ hostId, facts, instance, desired, before, after, main }) : [],
    basis: basisOf(host, instance, desired, [...wished.keys()], [...before, ...after]),
    findings: isWorking
      ? findingsOf(host, instance, desired, { edits, after: parseMasterCf(wished.get(masterPath(instance)) ?? '') })
      : [],
    guard: null,
    secrets: secretsIn(host, instance),
    nothingToDo: isWorking ? null : `Postfix on ${name} listens and sends like that already.`,
  }
}

/** Passwords that stand in the files which the plan carries whole. */
function secretsIn({ facts }: Host, instance: Instance): string[] {
  return [
    ...new Set([mainPath(instance), masterPath(instance)].flatMap((path) => secretsOf(bytesAt(facts.files, path)))),
  ]
}

function titleOf({ name, facts }: Host, instance: Instance, desired: SetDesired, isReset: boolean): string {
  const which = facts.instances.length > 1 ? ` (${instance.name === '-' ? 'first instance' : instance.name})` : ''
  if (isReset) return `Mail of ${name}${which} as the package ships it`
  const own = ownAddresses(desired)
  return own.length === 0 ? `Mail of ${name}${which}` : `Mail of ${name}${which} by ${listNames(own)}`
}

function summaryOf({ name, facts }: Host, desired: SetDesired, isReset: boolean, activation: string): string {
  const verb = activation === 'restart' ? 'restarts' : activation === 'reload' ? 'reloads' : 'leaves alone'
  if (isReset)
    return `Has Postfix on ${name} listen on every address and send from any, and ${verb} it. Undo puts both files back.`
  const sends = [desired.source4, desired.source6].filter((source) => source !== null)
  const listens = desired.listeners.find(({ port }) => port === '25')?.addresses
  const words = [
    ...(listens ? [`listen on ${listNames(listens)}`] : []),
    ...(sends.length > 0 ? [`send from ${listNames(sends)}`] : []),
    ...(desired.senders.length > 0 ? [`choose the address by the sender`] : []),
  ]
  const what = words.length > 0 ? `Has Postfix on ${name} ${words.join(' and ')}` : `Sets up Postfix on ${name}`
  const waits = facts.queued !== null && facts.queued > 0 ? ' Mail that waits in the queue stays there.' : ''
  return `${what}, and ${verb} it. Undo puts both files back and Postfix with them.${waits}`
}
