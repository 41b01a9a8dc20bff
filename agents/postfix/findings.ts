import { type Finding, managerOf } from '@/lib/agent'
import type { FileEdit } from '@/lib/agent/config-file'
import { sharedFilters } from './clients'
import type { SetDesired } from './desired'
import { destinationsOf } from './destinations'
import type { Instance } from './facts'
import { addressesOf } from './listeners'
import { wayIn } from './mail-checks'
import type { MasterCf } from './master-cf'
import { listNames } from './names'
import { openPortsOf } from './open-ports'
import { expandedParameterOf, masterOf, parameterOf } from './parameters'
import { type Host, problemsOf } from './resolve'
import { expectedSockets } from './sockets'
import { isLoopback } from './typed'
import { isAtLeast, supportOf } from './version'
import { ownAddresses } from './wished'

type GoodEdit = Extract<FileEdit, { ok: true }>

/** What will stand there: the files that are written, and master.cf as a whole. */
interface Outcome {
  edits: readonly GoodEdit[]
  after: MasterCf
}

/** What a person should know before approving the plan. */
export function findingsOf(host: Host, instance: Instance, desired: SetDesired, outcome: Outcome): Finding[] {
  const { hostId } = host
  return [
    ...fileFindings(host, instance, outcome),
    ...listenFindings(host, instance, desired, outcome),
    ...sourceFindings(host, instance, desired),
    ...filterFindings(host, instance, desired),
    ...proofFindings(host, instance, desired, outcome),
    ...bootFindings(host, desired),
    ...supportFindings(host),
  ].map((finding) => ({ ...finding, hostId }))
}

type Said = Omit<Finding, 'hostId'>

const warn = (title: string, detail: string): Said => ({ level: 'warn', title, detail })
const info = (title: string, detail: string): Said => ({ level: 'info', title, detail })

function fileFindings({ name, facts }: Host, instance: Instance, { edits }: Outcome): Said[] {
  const managed = edits.flatMap(({ path, before }) => {
    const manager = managerOf(before?.bytes ?? '')
    return manager === null
      ? []
      : [
          warn(
            `${path} on ${name} is written by ${manager}`,
            'It may write the file again without this change. Make it known there too.',
          ),
        ]
  })
  const before = problemsOf(facts, instance)
    .filter(({ kind }) => kind === 'warning')
    .slice(0, 5)
    .map(({ path, line, text }) => info(`${path}, line ${line}: was there before`, text))
  return [...managed, ...before]
}

function listenFindings({ name, facts }: Host, instance: Instance, desired: SetDesired, { after }: Outcome): Said[] {
  const list: Said[] = []
  const mail = desired.listeners.find(({ port }) => port === '25')?.addresses ?? null
  if (mail !== null && !mail.some(isLoopback)) {
    list.push(
      warn(
        `Nothing on ${name} listens at 127.0.0.1 any more`,
        'Programs that hand mail to localhost (webmail, cron jobs, monitors) get "connection refused". sendmail goes on working.',
      ),
    )
  }
  const open = openPortsOf(facts, instance, after).filter((port) => addressesOf(port) === null)
  const others = open.filter(({ port }) => port !== '25').map(({ port }) => port)
  if (mail !== null && others.length > 0) {
    list.push(
      info(
        `${others.length > 1 ? 'Ports' : 'Port'} ${listNames(others)} still ${others.length > 1 ? 'listen' : 'listens'} on every address of ${name}`,
        'It was not asked to change. Choose addresses for it too, where mail shall come in at one address only.',
      ),
    )
  }
  const interfaces = expandedParameterOf(facts, instance, 'inet_interfaces')?.trim() ?? 'all'
  const known = [...interfaces.split(/[\s,]+/), ...parameterOf(facts, instance, 'proxy_interfaces').split(/[\s,]+/)]
  const foreign = ownAddresses(desired).filter((host) => !known.includes(host))
  if (interfaces !== 'all' && foreign.length > 0) {
    list.push(
      warn(
        `Postfix on ${name} does not count ${listNames(foreign)} as its own`,
        `inet_interfaces is "${interfaces}". Mail to user@[${foreign[0]}] is refused, and a loop over that address is not seen. Add it to proxy_interfaces, or set inet_interfaces to all.`,
      ),
    )
  }
  return list
}

function sourceFindings({ name, facts }: Host, instance: Instance, desired: SetDesired): Said[] {
  const { source4, source6, sixth, enforce } = desired
  const list: Said[] = []
  const protocols = expandedParameterOf(facts, instance, 'inet_protocols') ?? 'all'
  const hasSixth =
    /\b(all|ipv6)\b/.test(protocols) && facts.addresses.some(({ family, scope }) => family === 6 && scope === 'global')
  if (source4 !== null && source6 === null && sixth === 'any' && hasSixth) {
    list.push(
      warn(
        `Over IPv6, mail still leaves ${name} from any of its addresses`,
        'Only the source of IPv4 was chosen. Choose one for IPv6, or have outgoing mail use IPv4.',
      ),
    )
  }
  if (source6 !== null && source4 === null) {
    list.push(
      warn(
        `Over IPv4, mail still leaves ${name} from any of its addresses`,
        'Only the source of IPv6 was chosen, and a probe message to Pollux itself proves that only where Pollux is reached over IPv6.',
      ),
    )
  }
  if ((source4 ?? source6) !== null && !enforce) {
    const known = isAtLeast(facts.version, '3.7')
    list.push(
      info(
        `When the address is gone, mail leaves ${name} from another one`,
        known
          ? 'Postfix only warns of it in its log. "Rather keep mail back" has it wait instead.'
          : `Postfix ${facts.version} only warns of it in its log; to keep mail back it would have to be 3.7.`,
      ),
    )
  }
  const relay = parameterOf(facts, instance, 'relayhost')
  if ((source4 ?? source6) !== null && relay !== '') {
    const isLocal = /^\[?(127\.|::1|localhost)/.test(relay)
    list.push(
      (isLocal ? warn : info)(
        `All mail of ${name} goes to ${relay} first`,
        isLocal
          ? 'That is the host itself: it will see the chosen address instead of 127.0.0.1, and it alone decides from where mail goes on.'
          : 'The chosen address is what that relay sees. What others see is the address of the relay.',
      ),
    )
  }
  return list
}

function filterFindings({ name, facts }: Host, instance: Instance, desired: SetDesired): Said[] {
  if (desired.source4 === null && desired.source6 === null) return []
  const destinations = destinationsOf(facts, instance)
  const shared = sharedFilters(masterOf(facts, instance), desired, destinations)
  const list = shared.map(({ where, nexthop }) =>
    info(
      `The filter at ${nexthop} gets a client of its own`,
      `${where} hands mail to it by the client that now gets a fixed source: the filter would see that instead of 127.0.0.1, and may refuse it. "pollux-loopback" keeps no source.`,
    ),
  )
  const tables = parameterOf(facts, instance, 'transport_maps')
  if (tables !== '') {
    list.push(
      warn(
        `Where ${tables} leads was not looked at`,
        `transport_maps of ${name} may name servers on this host or in a private net. Those would see the chosen address too; give their client "-o smtp_bind_address=" in master.cf.`,
      ),
    )
  }
  return list
}

/** An instance that nobody on the host can hand mail to proves nothing by a message. */
function proofFindings({ facts }: Host, instance: Instance, { proof }: SetDesired, { after }: Outcome): Said[] {
  if (proof.probe === null || wayIn(facts, instance, expectedSockets(facts, instance, after)) !== null) return []
  const what = `"authorized_submit_users =" closes sendmail to everybody, and ${instance.name} does not listen at 127.0.0.1.`
  return [
    warn(`No probe message can be handed in to ${instance.name}`, `${what} From where its mail leaves is not proved.`),
  ]
}

function bootFindings({ name }: Host, desired: SetDesired): Said[] {
  const own = ownAddresses(desired)
  const all = desired.listeners.flatMap(({ addresses }) => addresses ?? [])
  const listened = [...new Set(all.filter((host) => !isLoopback(host)))]
  if (desired.boot === 'fail' && listened.length > 0) {
    return [
      warn(
        `If ${listNames(listened)} ${listened.length > 1 ? 'are' : 'is'} missing when ${name} boots, there is no mail at all`,
        'Postfix does not start while it cannot bind an address that it listens on, also not for its other addresses.',
      ),
    ]
  }
  if (desired.boot === 'nonlocal' && own.length > 0) {
    return [
      info(
        `Mail starts on ${name} although ${listNames(own)} may be elsewhere`,
        'Right for a standby host. While the address is elsewhere, what this host sends from it gets no answer and waits.',
      ),
    ]
  }
  return []
}

function supportFindings({ name, facts }: Host): Said[] {
  const mark = supportOf(facts.version ?? '')
  return mark === 'live-tested'
    ? []
    : [
        info(
          `Postfix ${facts.version} on ${name}: ${mark}`,
          'Pollux was tried with 3.5, 3.7 and 3.10 (Debian 11, 12 and 13). The plan is made by the rules of the manual pages.',
        ),
      ]
}
