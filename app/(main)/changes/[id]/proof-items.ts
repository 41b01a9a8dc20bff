import type { ProofItem, ProofVerdict } from '@/components/change/proof'
import type { ChangeView, HostPart, Proof } from '@/lib/changes/get-change'

/** What of a change its proof is told from. */
type Proved = Pick<ChangeView, 'state' | 'outcome' | 'startedAt' | 'proofs'> & {
  hosts: readonly Pick<HostPart, 'name' | 'outcome'>[]
}

/** A change's checks for the Proof list: what waits, what is looked at, what was seen, and what of that was undone. `shown` are some of them. */
export function proofItems(change: Proved, shown: readonly Proof[] = change.proofs): ProofItem[] {
  const isMany = change.hosts.length > 1
  // It ended before anything was done, so there was nothing to prove.
  const isUntouched = ['not-started', 'cancelled', 'expired'].includes(change.outcome ?? '')
  return shown.map((proof, at) => ({
    id: String(at),
    title: isMany ? `${proof.hostName}: ${proof.title}` : proof.title,
    weight: proof.weight === 'must' ? 'must' : 'advise',
    verdict: isUntouched ? 'waiting' : verdictOf(proof, change),
    expected: proof.expected,
    seen: proof.seen,
    value: isUntouched ? 'not looked at' : isUndone(proof, change) ? 'seen, then undone' : undefined,
  }))
}

/** Whether what was proved on its host was taken back afterwards. */
function isUndone({ hostName, verdict }: Proof, { hosts }: Proved): boolean {
  const outcome = hosts.find((host) => host.name === hostName)?.outcome ?? ''
  return verdict === 'yes' && ['reverted', 'foreign-edit-kept', 'undo-failed'].includes(outcome)
}

/** "3 of 7 seen". */
export function countSeen(proofs: readonly Proof[]): string {
  return `${proofs.filter((proof) => proof.verdict === 'yes').length} of ${proofs.length} seen`
}

function verdictOf(proof: Proof, change: Proved): ProofVerdict {
  if (proof.verdict === 'yes' || proof.verdict === 'no' || proof.verdict === 'unknown') return proof.verdict
  return change.state === 'ended' && change.startedAt ? 'unknown' : 'waiting'
}
