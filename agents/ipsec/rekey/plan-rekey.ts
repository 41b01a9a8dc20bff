import { type BasisItem, type Finding, type Plan, type PlanHost, type RunStep, refuse } from '@/lib/agent'
import { AGENT } from '../agent-id'
import type { RekeyWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { exchangeOf } from '../ike/exchange'
import { exchangeProgram } from '../ike/programs'
import { type StandingSide, standingSides } from './standing-sides'

/** Of a packet: the headers of IP and ICMP. */
const PING_HEADERS = 28

/**
 * Forces new keys of pairs that stand: of the one between the two hosts that are named, or of all among the hosts. Nothing of
 * it shows in the facts, so that it happens once. Throws `invalid` where there is no such pair.
 */
export function planRekey(hosts: readonly PlanHost<IpsecFacts>[], { tag, hostIds }: RekeyWish): Plan {
  const meant = hostIds.length === 0 ? hosts : hosts.filter(({ hostId }) => hostIds.includes(hostId))
  if (meant.length < 2) throw refuse('A pair has two ends: choose both hosts.')
  const sides = standingSides(meant, tag)
  const names = meant.map(({ name }) => name).join(' and ')
  if (sides.length === 0)
    throw refuse(
      meant.length === 2
        ? `${names} have no pair of mesh ${tag} between them.`
        : `No two of these hosts have a pair of mesh ${tag}.`,
    )
  const working = meant.flatMap((host) => {
    const own = sides.filter((side) => side.host.hostId === host.hostId)
    return own.length > 0 ? [{ host, sides: own }] : []
  })
  return {
    agent: AGENT,
    title:
      sides.length === 1 ? `New keys for ${names} in mesh ${tag}` : `New keys for ${sides.length} pairs of mesh ${tag}`,
    summary:
      'Forces new keys, and sees the largest packet pass with them. Nothing is interrupted; an old key does not come back.',
    phases: [
      {
        id: 'rekey',
        title: 'Force new keys',
        note: 'The side that began the pair begins again.',
        hosts: working.map(({ host, sides: own }, index) => ({
          hostId: host.hostId,
          steps: [stepOf(host, own, index)],
        })),
      },
    ],
    checks: [],
    basis: sides.map(basisOf),
    findings: sides.flatMap(findingsOf),
    guard: null,
    once: true,
    nothingToDo: null,
  }
}

/** Whether a step is of such a plan. */
export function isRekeyStep({ id }: { id: string }): boolean {
  return /^rekey\d+\.pairs$/.test(id)
}

function stepOf(host: PlanHost<IpsecFacts>, sides: readonly StandingSide[], index: number): RunStep {
  const words = sides.flatMap(({ name, inner, mtu }) => [name, inner, String(mtu - PING_HEADERS)])
  return {
    kind: 'run',
    id: `rekey${index}.pairs`,
    title: `Force new keys with ${sides.map(({ peer }) => peer.name).join(', ')}`,
    timeoutS: 30 + 30 * sides.length,
    run: exchangeProgram(exchangeOf(host.facts.daemon).kind, 'rekey', ...words),
    proves: true,
    undo: { irreversible: 'The old key is gone; the pair goes on with the new one.' },
  }
}

function basisOf({ host, name, pair, inner, mtu }: StandingSide): BasisItem {
  return { hostId: host.hostId, name: `pair ${name}`, value: `${pair.own} to ${pair.peer}, ${inner}, MTU ${mtu}` }
}

/** A pair that is not up has no key to replace: the daemon would only say that it found none. */
function findingsOf({ host, peer, name }: StandingSide): Finding[] {
  const { sas } = host.facts
  const isUp = sas?.some((sa) => sa.name === name && sa.children.some(({ state }) => state === 'INSTALLED'))
  if (sas === null || isUp) return []
  return [
    {
      level: 'warn',
      hostId: host.hostId,
      title: `${name} has no security association now`,
      detail: `There is no key to replace, so that this change fails and changes nothing. A packet to ${peer.name} through the tunnel has it made.`,
    },
  ]
}
