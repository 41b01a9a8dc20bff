import { afterEach, beforeEach, expect } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { type Planned, planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type MysqlDesired, mysqlAgent } from '..'

/**
 * Changes of this agent on hosts of the lab, for the tests of one file: each test runs on the host that its name has in it.
 * `leave` makes the host what it was, also after a test that failed; it comes when all changes have ended.
 */
export function mysqlLab<Name extends string>(names: readonly Name[], leave: (host: Name) => Promise<unknown>) {
  const running = hostsForTests()
  const there = names.filter((name) => running.some((host) => host.name === name))
  const test = withTestStore()
  let ctx: Ctx
  let hostId: string

  const findHost = () => there.find((name) => expect.getState().currentTestName?.includes(name))
  const host = (): Name => {
    const name = findHost()
    if (name === undefined) throw new Error(`expected one of ${names.join(', ')} in the test's name, and that it runs`)
    return name
  }
  beforeEach(async () => {
    const user = await makeUser(test.current().db, { role: 'admin' })
    ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'admin' }, requestId: 'test' }
    setAgents([mysqlAgent])
    setAgentProbes([mysqlAgent.probe])
    const lab = running.find(({ name }) => name === findHost())
    if (lab) hostId = (await makeLabHost(test.current().db, lab, 'deploy')).id
  })
  afterEach(async () => {
    await changesSettled()
    await sshPool().close()
    const name = findHost()
    if (name !== undefined) await leave(name)
  })

  const shell = (script: string, input?: string) =>
    hostExec(host(), ['sh', '-c', script], { seconds: 120, ...(input === undefined ? {} : { input }) })
  const begin = async (planned: Planned): Promise<number> => {
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    const { digest } = await getChange(ctx, planned.changeId)
    await approveChange(ctx, { changeId: planned.changeId, digest })
    return planned.changeId
  }
  const apply = async (planned: Planned) => {
    const changeId = await begin(planned)
    await changesSettled()
    return getChange(ctx, changeId)
  }

  return {
    /** Those of the hosts that run. */
    there,
    ctx: () => ctx,
    host,
    hostId: () => hostId,
    shell,
    /** What the server says to root of its socket, without names of columns. Throws what it complains of. */
    ask: async (sql: string): Promise<string> => {
      const { code, stdout, stderr } = await shell('mariadb -N -B', sql)
      if (code !== 0) throw new Error(stderr)
      return stdout.trim()
    },
    plan: (desired: MysqlDesired) => planChange(ctx, { agentId: 'mysql', desired, hostIds: [hostId] }),
    begin,
    apply,
    change: (changeId: number) => getChange(ctx, changeId),
    revert: async (changeId: number) => apply(await revertChange(ctx, { changeId })),
    /** Where the host no longer is as its changes left it, by a reading of now. */
    drift: async () => {
      await readHost(ctx, { hostId, tier: 'deep' })
      return listDrift(ctx, hostId)
    },
    /** What the change's page tells, one line each. */
    text: async (changeId: number) => (await readJournal(ctx, changeId, 0)).lines.map(({ text }) => text).join('\n'),
  }
}
