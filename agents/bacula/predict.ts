import type { Plan, PlanHost } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import type { BaculaFacts } from './facts'
import { consoleConf, dirConf, polluxConf } from './paths'

/** The facts as they will read once the plan was applied: its files. What is asked of the director changes no fact. */
export function predictFacts({ hostId, facts }: PlanHost<BaculaFacts>, plan: Plan): BaculaFacts {
  const steps = plan.phases.flatMap(({ hosts }) => hosts).filter((host) => host.hostId === hostId)
  const files = steps.flatMap((host) => host.steps.filter((step) => step.kind === 'file'))
  const after = filesAfter(
    { [dirConf]: facts.dirConf, [consoleConf]: facts.consoleConf, [polluxConf]: facts.polluxConf },
    files,
  )
  const at = (path: string) => after[path] ?? ({ state: 'absent' } as const)
  return { ...facts, dirConf: at(dirConf), consoleConf: at(consoleConf), polluxConf: at(polluxConf) }
}
