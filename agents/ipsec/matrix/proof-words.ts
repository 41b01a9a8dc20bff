import type { PairProof } from '../facts/judge-pair'

/** A proof in words: its name in a table, and what is the matter where it is not given. */
export interface ProofWords {
  title: string
  /** "castor to db2: no IKE SA" */
  failed: string
}

export const proofWords: Readonly<Record<PairProof, ProofWords>> = {
  ike: { title: 'IKE SA', failed: 'no IKE SA' },
  child: { title: 'Child SA', failed: 'no child SA' },
  mode: { title: 'Mode in use', failed: 'not in transport mode' },
  suite: { title: 'Suite in use', failed: 'another suite than asked for' },
  trap: { title: 'Trap', failed: 'no trap, so it does not come back by itself' },
  policies: { title: 'Policies of the kernel', failed: 'a policy is missing' },
  tunnel: { title: 'Tunnel', failed: 'the tunnel is not as it was made' },
  ping: { title: 'Inner ping', failed: 'no answer inside' },
  largest: { title: 'Largest packet', failed: 'the largest packet does not pass' },
  protected: { title: 'Bytes through ESP', failed: 'what was sent did not go through ESP' },
}
