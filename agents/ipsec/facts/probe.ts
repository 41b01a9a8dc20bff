import { defineProbe } from '@/lib/agent'
import type { IpsecFacts } from './facts'
import { forHistory } from './for-history'
import { parseFacts } from './parse-facts'
import { readings } from './questions'

/** Everything that the agent asks of a host in one round trip; what is secret is asked for nowhere. */
export const ipsecProbe = defineProbe<'ipsec', IpsecFacts, keyof typeof readings>({
  id: 'ipsec',
  timeoutS: 90,
  onlyWhereChanged: true,
  readings,
  parse: parseFacts,
  keep: forHistory,
})
