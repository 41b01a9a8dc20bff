import { type PlanHost, refuse } from '@/lib/agent'
import { stateAt } from '@/lib/agent/config-file'
import { parseAddress } from '@/lib/agent/ip-address'
import type { PostfixDesired, SetDesired } from './desired'
import { socketOf } from './endpoint'
import { findInstance, type Instance, type PostfixFacts } from './facts'
import { addressesOf, portsOf } from './listeners'
import { parseMainCf } from './main-cf'
import { mainProblems } from './main-problems'
import { masterProblems } from './master-problems'
import { disabledServices, openPortsOf } from './open-ports'
import { bytesAt, expandedParameterOf, masterOf, parameterOf } from './parameters'
import { mainPath, masterPath } from './paths'
import type { Problem } from './problem'
import { isAtLeast } from './version'
import { boundAddresses } from './wished'

export type Host = PlanHost<PostfixFacts>

/** The host of a wish. Throws `invalid` when it is gone. */
export function hostOf(hosts: readonly Host[], { hostId }: PostfixDesired): Host {
  const host = hosts.find((one) => one.hostId === hostId)
  if (host) return host
  throw refuse('The chosen host has no facts. Read its facts, then plan again.', 'hostId')
}

/** The instance of a wish, fit to be changed. Throws `invalid` with the reason when it is not. */
export function instanceOf({ name, facts }: Host, wanted: string): Instance {
  if (facts.instances.length === 0) throw refuse(whyNoPostfix(name, facts), 'hostId')
  const instance = findInstance(facts, wanted)
  if (!instance) {
    const names = facts.instances.map((one) => one.name).join(', ')
    throw refuse(`${name} has no Postfix instance ${wanted}. It has ${names}.`, 'instance')
  }
  if (facts.init === 'none')
    throw refuse(`How Postfix is started on ${name} Pollux cannot tell: neither systemd nor /etc/init.d does it.`)
  if (!instance.isRunning) {
    throw refuse(
      `Postfix is not running on ${name}: ${instance.runningBecause}. Start it first, so that a change can be proved and taken back.`,
      'hostId',
    )
  }
  const readOnly = facts.readOnly[0]
  if (readOnly !== undefined)
    throw refuse(
      `The file system at ${readOnly} of ${name} is mounted read-only. Nothing can be written there.`,
      'hostId',
    )
  for (const path of [mainPath(instance), masterPath(instance)]) {
    const state = stateAt(facts.files, path)
    if (!state.ok) throw refuse(`${path} on ${name} ${state.why}.`, 'hostId')
  }
  const fatal = problemsOf(facts, instance).find(({ kind }) => kind === 'fatal')
  if (fatal) throw refuse(`${fatal.path} on ${name}, line ${fatal.line}: ${fatal.text} Mend that first.`, 'hostId')
  return instance
}

/** What Postfix complains of in the two files as they stand. */
export function problemsOf(facts: PostfixFacts, instance: Instance): (Problem & { path: string })[] {
  const main = mainProblems(parseMainCf(bytesAt(facts.files, mainPath(instance))))
  const master = masterProblems(masterOf(facts, instance))
  return [
    ...main.map((problem) => ({ ...problem, path: mainPath(instance) })),
    ...master.map((problem) => ({ ...problem, path: masterPath(instance) })),
  ]
}

/** Why there is no Postfix to change, as a sentence. */
export function whyNoPostfix(name: string, facts: PostfixFacts): string {
  const other = foreignOn(facts, [{ host: null, port: 25 }])[0]
  return other
    ? `${name} has no Postfix: ${other} answers on port 25 there. Pollux does not take one mail server's place by another.`
    : `${name} has no Postfix. Install it first: that is a change of its own.`
}

/** The programs other than Postfix that hold one of these sockets now. */
export function foreignOn(facts: PostfixFacts, wanted: readonly { host: string | null; port: number }[]): string[] {
  const found = (facts.sockets ?? []).flatMap(({ host, port, program }) => {
    const meets = wanted.some((one) => one.port === port && (one.host === null || host === null || one.host === host))
    return meets && program !== 'master' && program !== null ? [program] : []
  })
  return [...new Set(found)].sort()
}

/** Throws `invalid` when the version, the host or what else runs there cannot have what is wished. */
export function refuseImpossible(host: Host, instance: Instance, desired: SetDesired): void {
  const { name, facts } = host
  const needs = (isWished: boolean, version: string, what: string, field: string) => {
    if (isWished && !isAtLeast(facts.version, version))
      throw refuse(`${what} needs Postfix ${version}; ${name} has ${facts.version}.`, field)
  }
  needs(desired.enforce, '3.7', 'Keeping mail back rather than sending it from another address', 'enforce')
  needs(desired.sixth === 'prefer-ipv4', '2.8', 'Preferring IPv4', 'sixth')
  needs(desired.senders.length > 0, '2.8', 'Choosing the address by the sender', 'senders')
  if (desired.boot === 'wait' && instance.unit === null)
    throw refuse(`No systemd starts Postfix on ${name}, so nothing can be told to wait.`, 'boot')
  refuseSources(host, desired)
  refuseRepeated(desired)
  refuseDisabled(host, instance, desired)
  refuseAddresses(host, instance, desired)
  refuseTaken(host, instance, desired)
}

function refuseSources({ name }: Host, desired: SetDesired): void {
  for (const { source4, source6, at } of [
    { ...desired, at: 'source' },
    ...desired.senders.map((sender, index) => ({ ...sender, at: `senders.${index}.source` })),
  ]) {
    for (const [family, source] of [
      [4, source4],
      [6, source6],
    ] as const) {
      const address = source === null ? null : parseAddress(source)
      if (address === null) continue
      if (address.family !== family) throw refuse(`${source} is no IPv${family} address.`, `${at}${family}`)
      if (/^127\.|^::1$/.test(address.host))
        throw refuse(`${source} never leaves ${name}: no other server could be reached from it.`, `${at}${family}`)
    }
  }
}

/** Of two lines for one sender Postfix takes one, and only its log tells which. */
function refuseRepeated({ senders }: SetDesired): void {
  const at = senders.findIndex(({ pattern }, index) => senders.findIndex((one) => one.pattern === pattern) < index)
  if (at >= 0)
    throw refuse(`${senders[at]?.pattern} is there twice. Which address should it get?`, `senders.${at}.pattern`)
}

function refuseAddresses({ name, facts }: Host, instance: Instance, desired: SetDesired): void {
  const have = facts.addresses.map(({ host }) => host)
  // Of 127.0.0.0/8 every address is there; a host without IPv6 has no ::1.
  const six = desired.listeners.flatMap(({ addresses }) => addresses ?? []).filter((host) => host === '::1')
  const missing = [...boundAddresses(facts, instance, desired), ...six].find((host) => !have.includes(host))
  if (missing !== undefined && desired.boot !== 'nonlocal') {
    throw refuse(
      `${name} does not have ${missing}. Put it on in the same change, or choose that mail starts although an address is missing.`,
      'listeners',
    )
  }
  const protocols = expandedParameterOf(facts, instance, 'inet_protocols')?.trim() ?? 'all'
  const isSpoken = (family: 4 | 6) => new RegExp(`\\b(?:all|ipv${family})\\b`).test(protocols)
  const unheard = desired.listeners
    .flatMap(({ addresses }) => addresses ?? [])
    .find((host) => !isSpoken(host.includes(':') ? 6 : 4))
  if (unheard !== undefined) {
    throw refuse(
      `inet_protocols is ${protocols} on ${name}, so Postfix would not start with a listener on ${unheard}.`,
      'listeners',
    )
  }
  const own = (parameterOf(facts, instance, 'inet_interfaces') || '').split(/[\s,]+/).flatMap((word) => {
    const address = parseAddress(word.replace(/^\[|\]$/g, ''))
    return address ? [address.host] : []
  })
  const gone = own.find((host) => !have.includes(host))
  if (gone !== undefined)
    throw refuse(
      `inet_interfaces names ${gone}, which ${name} does not have: Postfix would not start again. Mend that first.`,
      'hostId',
    )
}

/** What master.cf has, and main.cf keeps closed, would not listen whatever is written there. */
function refuseDisabled({ name, facts }: Host, instance: Instance, { listeners }: SetDesired): void {
  const open = openPortsOf(facts, instance)
  const closed = portsOf(masterOf(facts, instance)).filter(({ port }) => !open.some((one) => one.port === port))
  const wanted = listeners.find(({ port }) => closed.some((one) => one.port === port))
  if (wanted)
    throw refuse(
      `${mainPath(instance)} on ${name} says "master_service_disable = ${disabledServices(facts, instance)}", so nothing listens on port ${wanted.port}. Take that out first.`,
      `listeners.${wanted.port}`,
    )
}

/** A socket has one holder: neither another program nor another Postfix may listen where this one shall. */
function refuseTaken({ name, facts }: Host, instance: Instance, desired: SetDesired): void {
  for (const { port, addresses } of desired.listeners) {
    const number = Number(port)
    const wanted = (addresses ?? [null]).map((host) => ({ host, port: number }))
    const [other] = Number.isInteger(number) ? foreignOn(facts, wanted) : []
    if (other !== undefined)
      throw refuse(`${other} listens on port ${port} of ${name} already. Postfix would not start.`, `listeners.${port}`)
    for (const neighbour of facts.instances.filter((one) => one.name !== instance.name)) {
      const theirs = openPortsOf(facts, neighbour).find((one) => one.port === port)
      if (!theirs) continue
      const held = addressesOf(theirs)
      const both = held === null || addresses === null || addresses.some((host) => held.includes(host))
      if (both)
        throw refuse(
          `The Postfix instance ${neighbour.name} listens on ${held === null ? `port ${port} of every address` : held.map((host) => socketOf({ host, port })).join(', ')} too. Give that one its own addresses first.`,
          `listeners.${port}`,
        )
    }
  }
}
