import { hostExec, labHosts, waitUntil } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { RunStep } from '@/lib/agent'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { type TestDesired, testAgent } from '@/lib/changes/testing/test-agent'
import { work } from '@/lib/db'
import { newRequestId } from '@/lib/log'

// Run by the start script, with the secrets to plant as its words: changes of the test's agent that carry them.
// #1 applied on alder, #2 failed on alder and was taken back, #3 planned on alder, #4 waits on birch for a person.
const ctx: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: newRequestId() }
const path = '/etc/managed.conf'
const [inFile = '', inInput = ''] = process.argv.slice(2)
setAgents([testAgent(path)])

const [alder = '', birch = ''] = await Promise.all(['alder', 'birch'].map((name) => add(name)))
await add('cedar', birch)
const bytes = `user = app\npassword = ${inFile}\n`
const wish = { bytes, expected: 'password = ', secrets: [inFile, inInput] }
await apply(await plan(alder, { ...wish, more: [echoes('cat')] }))
await apply(await plan(alder, { ...wish, bytes: `${bytes}more = ${inInput}\n`, more: [echoes('cat; cat; exit 3')] }))
await plan(alder, { ...wish, bytes: `${bytes}planned = ${inFile}\n` })
const waiting = await plan(birch, { ...wish, guarded: true })
await approve(waiting)
await waitUntil('it waits for a person', async () => (await getChange(ctx, waiting)).needsPerson !== null, 60)
// At once, as a Pollux that is killed while it waits.
process.exit(0)

function echoes(sh: string): RunStep {
  return {
    kind: 'run',
    id: 'echoes',
    title: `Tell ${inFile}`,
    timeoutS: 10,
    run: ['sh', '-c', sh],
    input: `said: ${inInput}\nand ${inFile}\n`,
    undo: { nothing: `It only tells ${inFile}.` },
  }
}

async function add(name: string, through: string | null = null): Promise<string> {
  const lab = labHosts().find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  const done = await hostExec(name, ['sh', '-c', `rm -rf /var/lib/pollux; printf 'old\n' > ${path}`])
  if (done.code !== 0) throw new Error(`expected ${name} to be made ready, got ${done.stderr}`)
  return work(async (tx) => {
    const host = await makeLabHost(tx, lab)
    if (through) await tx.host.update({ where: { id: host.id }, data: { jumpHostId: through } })
    return host.id
  })
}

async function plan(hostId: string, wished: Partial<TestDesired>): Promise<number> {
  const planned = await planChange(ctx, { agentId: 'test', desired: { path, ...wished }, hostIds: [hostId] })
  if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
  return planned.changeId
}

async function approve(changeId: number): Promise<void> {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
}

async function apply(changeId: number): Promise<void> {
  await approve(changeId)
  await changesSettled()
}
