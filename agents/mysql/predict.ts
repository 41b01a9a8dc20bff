import type { Plan, PlanHost } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import { afterAccount } from './account/stands'
import { convertedBy, withConverted } from './convert/after'
import type { TableName } from './convert/desired'
import type { MysqlFacts, MysqlServer } from './facts/facts'
import { afterInstall } from './install/stands'

/** The facts once the plan was applied: the files as written, and each variable as its check will prove it. */
export function predictFacts(host: PlanHost<MysqlFacts>, plan: Plan): MysqlFacts {
  return afterInstall(host, plan) ?? afterAccount(host, plan) ?? afterTuning(host, plan)
}

function afterTuning({ hostId, facts }: PlanHost<MysqlFacts>, plan: Plan): MysqlFacts {
  const steps = plan.phases.flatMap((phase) =>
    phase.hosts.filter((host) => host.hostId === hostId).flatMap((host) => host.steps),
  )
  const files = steps.filter((step) => step.kind === 'file')
  const proved = plan.checks.flatMap(({ hostId: of, expect }): [string, string][] =>
    of === hostId && 'value' in expect ? [[expect.name, expect.value]] : [],
  )
  const socket = socketIn(plan)
  const converted = convertedBy(plan, hostId)
  return {
    ...facts,
    files: filesAfter(facts.files, files),
    servers: facts.servers.map((server) => (server.socket === socket ? withProved(server, proved, converted) : server)),
  }
}

function socketIn({ checks }: Plan): string | null {
  const words = checks.flatMap(({ read }) => ('command' in read ? [...read.command] : []))
  return words.find((word) => word.startsWith('--socket='))?.slice('--socket='.length) ?? null
}

function withProved(
  server: MysqlServer,
  values: readonly (readonly [string, string])[],
  converted: readonly TableName[],
): MysqlServer {
  if (server.said.state === 'not-read') return server
  const variables = { ...server.said.value.variables, ...Object.fromEntries(values) }
  return { ...server, said: { state: 'read', value: withConverted({ ...server.said.value, variables }, converted) } }
}
