import type { PairProof } from '../facts/judge-pair'
import type { PairSeen } from '../facts/pairs-seen'

/** What one end says about one proof, in a few words; null where it did not tell. */
export function saidOf(proof: PairProof, seen: PairSeen): string | null {
  const { ike, child, tunnel } = seen
  switch (proof) {
    case 'ike':
      return ike && (ike === 'none' ? 'none' : `${ike.state}, IKEv${ike.version}, ${span(ike.ageS)}`)
    case 'child':
      return child && (child === 'none' ? 'none' : `${child.state}, ${span(child.ageS)}`)
    case 'mode':
      return child && (child === 'none' ? 'none' : child.mode)
    case 'suite':
      return child && (child === 'none' ? 'none' : child.suite)
    case 'trap':
      return seen.hasTrap === null ? null : seen.hasTrap ? 'there' : 'missing'
    case 'policies':
      return policiesText(seen)
    case 'tunnel':
      return tunnel && (tunnel === 'none' ? 'not there' : `${tunnel.isUp ? 'up' : 'down'}, ${bytes(tunnel.mtu)}`)
    case 'ping':
      return pingText(seen.ping)
    case 'largest':
      return seen.largestPasses === null ? null : seen.largestPasses ? 'passes' : 'does not pass'
    case 'protected':
      return seen.grewIn === null || seen.grewOut === null
        ? null
        : `${bytes(seen.grewIn)} in, ${bytes(seen.grewOut)} out`
  }
}

function pingText({ answers, ms }: PairSeen['ping']): string | null {
  if (answers === null) return null
  if (!answers) return 'no answer'
  return ms === null ? 'answered' : `answered after ${ms} ms`
}

function policiesText({ policyIn, policyOut }: PairSeen): string | null {
  if (policyIn === null || policyOut === null) return null
  return policyIn === policyOut ? `${policyIn}, both ways` : `${policyIn} in, ${policyOut} out`
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} bytes`
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** "40 s", "12 min", "8 h", "3 d" */
function span(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} s`
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`
  return seconds < 48 * HOUR ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / (24 * HOUR))} d`
}
