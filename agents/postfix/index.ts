import type { Agent } from '@/lib/agent'
import { type PostfixDesired, postfixDesired } from './desired'
import { driftOf } from './drift'
import type { PostfixFacts } from './facts'
import { AGENT } from './names'
import { planPostfix } from './plan'
import { predictFacts } from './predict'
import { postfixProbe } from './probe'

export { type PostfixDesired, postfixDesired, type SetDesired } from './desired'
export { type PostfixFacts, postfixFacts } from './facts'

/** Postfix on a host with several addresses: where it listens, what it sends from, and the name it gives. */
export const postfixAgent: Agent<'postfix', PostfixFacts, PostfixDesired> = {
  ...AGENT,
  title: 'Mail on its own address',
  about:
    'Have Postfix listen on and send from an address of its own, under its own name, with the address put on in the same change.',
  probe: postfixProbe,
  desired: postfixDesired,
  plan: planPostfix,
  predict: predictFacts,
  drift: driftOf,
}
