import { afterEach, beforeEach } from 'vitest'
import { hostExec, hostsForTests, waitUntil } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { setAgents } from '../agents'
import { planChange } from '../ask-change'
import { setGuardTimes } from '../deadline'
import { approveChange } from '../decide-change'
import { changesSettled } from '../engine'
import { getChange } from '../get-change'
import { readJournal } from '../read-journal'
import { type TestDesired, testAgent } from './test-agent'

/** Changes of the test agent on the lab's hosts, with a store of their own, for the tests of one file. */
export function changeLab() {
  const running = hostsForTests()
  const path = '/etc/pollux-test.conf'
  const test = withTestStore()
  let ctx: Ctx

  beforeEach(async () => {
    const user = await makeUser(test.current().db, { name: 'ada', role: 'operator' })
    ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
    setAgents([testAgent(path)])
    setGuardTimes({ betweenLoginsS: 1 })
  })
  afterEach(async () => {
    await changesSettled()
    await sshPool().close()
    setGuardTimes({})
  })

  const begin = async (changeId: number) => {
    const { digest } = await getChange(ctx, changeId)
    await approveChange(ctx, { changeId, digest })
  }
  const folderOf = async (changeId: number) => (await getChange(ctx, changeId)).hosts[0]?.directory ?? 'nowhere'
  const fileOn = async (name: string) => (await hostExec(name, ['cat', path])).stdout
  const on = (name: string, sh: string) => hostExec(name, ['sh', '-c', sh])

  return {
    path,
    ctx: () => ctx,
    db: () => test.current().db,
    dir: () => test.current().dir,
    has: (...wanted: string[]) => wanted.every((name) => running.some((host) => host.name === name)),
    /** Puts a host into the inventory and the test's file on it as it was before; its id. */
    add: async (name: string, login = 'root'): Promise<string> => {
      const lab = running.find((host) => host.name === name)
      if (!lab) throw new Error(`expected ${name} to run`)
      await on(name, `printf 'old\\n' > ${path}; chmod 640 ${path}`)
      return (await makeLabHost(test.current().db, lab, login)).id
    },
    plan: async (hostIds: string[], wish: Partial<TestDesired> = {}): Promise<number> => {
      const planned = await planChange(ctx, { agentId: 'test', desired: { path, bytes: 'new\n', ...wish }, hostIds })
      if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
      return planned.changeId
    },
    begin,
    apply: async (changeId: number) => {
      await begin(changeId)
      await changesSettled()
      return getChange(ctx, changeId)
    },
    change: (changeId: number) => getChange(ctx, changeId),
    folderOf,
    fileOn,
    on,
    /** What the change's page tells, one line each. */
    text: async (changeId: number) => (await readJournal(ctx, changeId, 0)).lines.map((line) => line.text).join('\n'),
    /** What a change may not leave behind. */
    traces: async (name: string) =>
      (await on(name, 'ls -a /etc | grep "^.pollux-"; ls /var/lib/pollux | grep lock')).stdout,
    /** Moves a host's own deadline, out of band, as if so many seconds were left. */
    shorten: async (name: string, changeId: number, seconds: number) => {
      await on(name, `. ${await folderOf(changeId)}/common; set_deadline ${seconds}`)
    },
    /** Waits, out of band, until the file on the host says so. */
    untilFileSays: (name: string, bytes: string) =>
      waitUntil(`${path} on ${name} says ${bytes.trim()}`, async () => (await fileOn(name)) === bytes, 30),
  }
}
