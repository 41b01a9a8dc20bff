import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agents } from '@/agents/registry'
import type { LabHost } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { systemCtx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { runShutdown } from '@/lib/config/shutdown'
import { work } from '@/lib/db'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { prepareData } from '@/lib/server/prepare-data'
import { sshPool } from '@/lib/ssh'

export const benchCtx: Ctx = systemCtx('bench')

/**
 * Runs work in this process as the server's own would: a store on the disk, with these hosts in the inventory, and the
 * agents set. Ends everything and removes the store afterwards.
 */
export async function withBenchStore(
  hosts: readonly LabHost[],
  run: (hostIds: string[]) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-bench-'))
  process.env['POLLUX_DATA'] = dir
  try {
    await prepareData()
    setAgents(agents)
    setAgentProbes(agents.map((agent) => agent.probe))
    await run(await takeIn(hosts))
  } finally {
    await sshPool().close()
    await runShutdown(10_000)
    rmSync(dir, { recursive: true, force: true })
  }
}

function takeIn(hosts: readonly LabHost[]): Promise<string[]> {
  return work(async (tx) => {
    const ids: string[] = []
    for (const host of hosts) ids.push((await makeLabHost(tx, host)).id)
    return ids
  })
}
