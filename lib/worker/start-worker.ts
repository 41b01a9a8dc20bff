import type { AnyAgent } from '@/lib/agent'
import { logAuditHead } from '@/lib/audit/log-audit-head'
import { trimAudit } from '@/lib/audit/trim-audit'
import { keepCatalogs, keepNewCatalogs, readNewCatalogs } from '@/lib/catalog/keep/keep-catalogs'
import { refreshSamples } from '@/lib/catalog/store/refresh-samples'
import { setAgents } from '@/lib/changes/agents'
import { expireChanges } from '@/lib/changes/expire-changes'
import { registerJob } from '@/lib/jobs'
import { loadPause } from '@/lib/pause/pause-row'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readAllHosts } from '@/lib/reading/read-hosts'
import { trimFacts } from '@/lib/reading/trim-facts'
import { trimSamples } from '@/lib/tuning/trim-samples'
import { beginWork } from './begin-work'

/**
 * Begins the work of the process that nobody clicks: regular jobs, at their times until the process ends, and the
 * changes that were under way when it ended last; none of it while a restored store is paused. The agents come from above, for lib knows none.
 */
export async function startWorker(agents: readonly AnyAgent[]): Promise<void> {
  setAgents(agents)
  setAgentProbes(agents.map((agent) => agent.probe))
  registerJob({
    name: 'read facts',
    schedule: '*/5 * * * *',
    jitterMs: 30_000,
    run: async (ctx, signal) => void (await readAllHosts(ctx, { tier: 'cheap', signal })),
  })
  // Updates, certificates and the like change slowly and cost the host more to tell.
  registerJob({
    name: 'read all facts',
    schedule: '40 3 * * *',
    jitterMs: 600_000,
    run: async (ctx, signal) => void (await readAllHosts(ctx, { tier: 'deep', signal })),
  })
  registerJob({ name: 'trim facts', schedule: '20 4 * * *', run: async (ctx) => void (await trimFacts(ctx)) })
  registerJob({ name: 'trim audit', schedule: '30 4 * * *', run: async (ctx) => void (await trimAudit(ctx)) })
  registerJob({ name: 'trim samples', schedule: '25 4 * * *', run: async (ctx) => void (await trimSamples(ctx)) })
  registerJob({
    name: 'read backups',
    schedule: '*/15 * * * *',
    jitterMs: 60_000,
    run: (ctx, signal) => keepCatalogs(ctx, 'backups', signal),
  })
  // Begun by whoever connects one, so that home does not call fine what nobody looked at.
  registerJob({ name: readNewCatalogs, schedule: '*/5 * * * *', run: (ctx, signal) => keepNewCatalogs(ctx, signal) })
  // Where the space goes takes seconds in a large catalog, and changes slowly.
  registerJob({
    name: 'read catalogs',
    schedule: '50 * * * *',
    jitterMs: 300_000,
    run: (ctx, signal) => keepCatalogs(ctx, 'everything', signal),
  })
  registerJob({ name: 'expire changes', schedule: '*/10 * * * *', run: async (ctx) => void (await expireChanges(ctx)) })
  registerJob({ name: 'refresh samples', schedule: '10 * * * *', run: async (ctx) => void (await refreshSamples(ctx)) })
  registerJob({ name: 'log the audit head', schedule: '5 0 * * *', run: async () => void (await logAuditHead()) })
  await logAuditHead()
  await loadPause()
  await beginWork()
}
