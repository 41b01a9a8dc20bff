// What the browser may have too: nothing here brings a schema along.
export { type PairProof, pairProofs } from '../facts/judge-pair'
export {
  type PairCode,
  type PairState,
  type PairVerdict,
  packPair,
  pairIndex,
  pairStateOf,
  pairVerdicts,
  unpackPair,
} from './pair-state'
export { type ProofWords, proofWords } from './proof-words'
