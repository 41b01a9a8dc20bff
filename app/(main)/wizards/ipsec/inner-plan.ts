import { planInner } from '@/agents/ipsec/mesh/address-plan'
import { problemOfPrefix } from '@/agents/ipsec/typed'
import { isAppError } from '@/lib/errors'

/** Inner addresses by host; `problem` says why there are none. */
export interface InnerPlan {
  inners: ReadonlyMap<string, string>
  problem: string | null
}

/** What `planInner` gives, with a net that cannot be taken as a sentence. */
export function planInners(plan: Parameters<typeof planInner>[0]): InnerPlan {
  const problem = problemOfPrefix(plan.prefix)
  if (problem !== null) return { inners: new Map(), problem }
  try {
    return { inners: planInner(plan), problem: null }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { inners: new Map(), problem: error.userMessage ?? error.message }
  }
}
