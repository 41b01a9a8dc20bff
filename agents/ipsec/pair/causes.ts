import type { PairProof } from '../facts/judge-pair'
import type { PairSeen } from '../facts/pairs-seen'
import type { Counter } from './counters'
import { logSays } from './log-says'

/** What was read of one end. */
export interface EndSeen {
  /** How the page calls it. */
  name: string
  /** Why it was not read. */
  problem: string | null
  seen: PairSeen | null
  /** Null where the kernel counts nothing. */
  counters: readonly Counter[] | null
  log: readonly string[] | null
}

export type Ends = readonly [EndSeen, EndSeen]

/** What the evidence comes to, as a title, and why. */
export interface Told {
  title: string
  why: string
}

type Finder = (ends: Ends, failed: readonly PairProof[]) => Told | null

/** In the order in which one thing rests on the other. */
const finders: readonly Finder[] = [
  ...[noIke, oneIke, noChild, inTunnelMode, otherSuite, noPolicy, noTunnel],
  ...[espDropped, tooLarge, inClear, noTrap],
]

/** What makes a pair fail where the evidence of both ends is clear; null where it is not. `failed` are its proofs. */
export function causeOf(ends: Ends, failed: readonly PairProof[]): Told | null {
  for (const find of finders) {
    const found = find(ends, failed)
    if (found) return found
  }
  return null
}

function noIke(ends: Ends): Told | null {
  if (!ends.every(({ seen }) => seen?.ike === 'none' || isTrying(seen))) return null
  const said = ends.flatMap((end) => {
    const found = logSays(end.log ?? [])
    return found ? [{ ...found, name: end.name }] : []
  })
  // That the other end is silent is what an end says that knows nothing better.
  const telling = said.find(({ means }) => !means.includes('does not answer')) ?? said[0]
  return {
    title: 'The key exchange does not come about',
    why: telling
      ? `Neither end has an IKE SA. The log of ${telling.name} says why: ${telling.means}.`
      : 'Neither end has an IKE SA, and no log says why. Nothing may have asked for the pair yet.',
  }
}

function isTrying(seen: PairSeen | null): boolean {
  return seen?.ike !== null && seen?.ike !== undefined && seen.ike !== 'none' && seen.ike.state === 'CONNECTING'
}

function oneIke([here, there]: Ends): Told | null {
  const [having, lacking] = has(here) ? [here, there] : [there, here]
  if (!has(having) || lacking.seen?.ike !== 'none') return null
  return {
    title: `${having.name} has an IKE SA and ${lacking.name} has none`,
    why: `${lacking.name} forgot it, by a restart say. ${having.name} notices that within some minutes and asks anew; new keys can be forced now.`,
  }
}

function has({ seen }: EndSeen): boolean {
  return typeof seen?.ike === 'object' && seen.ike !== null && seen.ike.state === 'ESTABLISHED'
}

function noChild(ends: Ends, failed: readonly PairProof[]): Told | null {
  const without = ends.find(({ seen }) => seen?.child === 'none')
  if (!failed.includes('child') || !without) return null
  const found = ends.map((end) => logSays(end.log ?? [])).find((said) => said !== null)
  return {
    title: `${without.name} has no child SA`,
    why: `The IKE SA stands, so names, keys and clocks are right; no packet can pass without a child SA.${found ? ` The log says: ${found.means}.` : ''}`,
  }
}

function inTunnelMode(ends: Ends): Told | null {
  const end = ends.find(({ seen }) => typeof seen?.child === 'object' && seen.child?.mode === 'TUNNEL')
  if (!end) return null
  return {
    title: 'Both ends agreed on tunnel mode',
    why: `${end.name} says TUNNEL where transport mode was asked for. One end’s connection does not ask for it, and the other gave way: the files of both are to be compared.`,
  }
}

function otherSuite(ends: Ends, failed: readonly PairProof[]): Told | null {
  const children = ends.flatMap(({ seen }) => (seen?.child && seen.child !== 'none' ? [seen.child.suite] : []))
  if (!failed.includes('suite') || children.length === 0) return null
  const seen = [...new Set(children)].map((suite) => suite || 'a suite that was not told').join(' and ')
  return {
    title: 'Another suite is in use than was asked for',
    why: `Packets travel by ${seen}. One end’s proposals were edited, or an SA of before is still there.`,
  }
}

function noPolicy(ends: Ends, failed: readonly PairProof[]): Told | null {
  const end = ends.find(({ seen }) => seen?.policyIn === 'none' || seen?.policyOut === 'none')
  if (!failed.includes('policies') || !end) return null
  return {
    title: `${end.name} has no policy for this pair`,
    why: 'Without it the kernel puts nothing into ESP; the firewall drops what would leave in clear. It comes back when the daemon reads its files anew.',
  }
}

function noTunnel(ends: Ends, failed: readonly PairProof[]): Told | null {
  const end = ends.find(({ seen }) => seen?.tunnel === 'none' || (seen?.tunnel && !seen.tunnel.isUp))
  if (!failed.includes('tunnel') || !end) return null
  return {
    title: `The tunnel of ${end.name} is ${end.seen?.tunnel === 'none' ? 'not there' : 'down'}`,
    why: 'The key exchange does not need it, so the rest may look well. Applying the last change of the mesh again puts it up.',
  }
}

function espDropped(ends: Ends, failed: readonly PairProof[]): Told | null {
  if (!failed.includes('ping')) return null
  const [here, there] = ends
  const way = [[here, there] as const, [there, here] as const].find(
    ([from, to]) => (from.seen?.grewOut ?? 0) > 0 && to.seen?.grewIn === 0,
  )
  if (!way) return null
  const [from, to] = way
  const refusal = refusalOf(to)
  if (refusal !== null)
    return { title: `ESP of ${from.name} reaches ${to.name} and is dropped there`, why: `${to.name}: ${refusal}` }
  return {
    title: `ESP leaves ${from.name} and none arrives at ${to.name}`,
    why: `The key exchange works, so names, keys and clocks are right${
      to.counters === null ? '' : `, and the kernel of ${to.name} refused nothing`
    }. That leaves a firewall on ${to.name} or the network between them, most often one that lets UDP pass and ESP not.`,
  }
}

/** Why the kernel of a host drops ESP that came in, by the counter that rose. */
function refusalOf({ counters }: EndSeen): string | null {
  const dropped = counters?.find((counter) => counter.name.startsWith('XfrmIn') && (counter.rose ?? 0) > 0)
  return dropped ? `${dropped.name} rose by ${dropped.rose}. ${dropped.means ?? ''}`.trim() : null
}

function tooLarge(ends: Ends, failed: readonly PairProof[]): Told | null {
  if (failed.includes('ping') || !failed.includes('largest')) return null
  const end = ends.find(({ seen }) => seen?.largestPasses === false)
  const small = ends.find(({ seen }) => typeof seen?.tunnel === 'object' && seen.tunnel !== null)
  const mtu = typeof small?.seen?.tunnel === 'object' ? small.seen.tunnel?.mtu : undefined
  return {
    title: 'Small packets pass, the largest does not',
    why: `A packet of ${mtu === undefined ? 'the tunnel’s size' : `${mtu.toLocaleString('en')} bytes`} from ${end?.name ?? 'one end'} finds no way whole: something between the hosts takes smaller ones than their devices do. Connections will hang as soon as they carry much.`,
  }
}

function inClear(ends: Ends, failed: readonly PairProof[]): Told | null {
  const end = ends.find(({ seen }) => seen?.ping.answers === true && (seen.grewIn === 0 || seen.grewOut === 0))
  if (!failed.includes('protected') || !end) return null
  return {
    title: `What ${end.name} sends does not go through ESP`,
    why: `The other end answered inside, and the SAs of ${end.name} did not count a byte. Packets take another way, perhaps in clear: look at the policies and the rules below.`,
  }
}

function noTrap(ends: Ends, failed: readonly PairProof[]): Told | null {
  const end = ends.find(({ seen }) => seen?.hasTrap === false)
  if (!failed.includes('trap') || !end) return null
  return {
    title: `${end.name} has no trap for this pair`,
    why: 'What stands now works on; once its SA is gone, after a restart say, nothing asks for it again. The file of the trap is missing, or the daemon has not read it.',
  }
}
