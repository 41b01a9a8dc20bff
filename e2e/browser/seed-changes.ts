import { hostExec, labHosts } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { testAgent } from '@/lib/changes/testing/test-agent'
import { runShutdown } from '@/lib/config/shutdown'
import { work } from '@/lib/db'
import { newRequestId } from '@/lib/log'

// Run by the start script: changes of the test's agent on birch and oldnas, which the registry does not have.
// #1 applied on birch, #2 planned on birch, #3 planned on both, #4 met a stale lock of another dashboard on birch.
const ctx: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: newRequestId() }
const path = '/etc/managed.conf'
setAgents([testAgent(path)])

const [birch = '', oldnas = ''] = await Promise.all(['birch', 'oldnas'].map(add))
await apply(await plan([birch], 'new\n'))
await plan([birch], 'newer\n')
await plan([birch, oldnas], 'newest\n')
await on('birch', `mkdir -p /var/lib/pollux/lock; printf 'otherone-9 aboot 1790000000\n' > /var/lib/pollux/lock/owner`)
await apply(await plan([birch], 'locked out\n'))
await runShutdown(5_000)
process.exit(0)

async function add(name: string): Promise<string> {
  const lab = labHosts().find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  await on(name, `rm -rf /var/lib/pollux; printf 'old\n' > ${path}`)
  return work(async (tx) => (await makeLabHost(tx, lab)).id)
}

async function plan(hostIds: string[], bytes: string): Promise<number> {
  const planned = await planChange(ctx, { agentId: 'test', desired: { path, bytes, barrier: true }, hostIds })
  if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
  return planned.changeId
}

async function apply(changeId: number): Promise<void> {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
  await changesSettled()
}

async function on(name: string, script: string): Promise<void> {
  const { code, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`expected ${name} to take "${script}", got ${code}: ${stderr}`)
}
