import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ipsecAgent } from '@/agents/ipsec'
import { startPollux } from '@/e2e/browser/pollux'
import { keepParts } from '@/lib/changes/ask-change'
import { planDigest } from '@/lib/changes/digest'
import { type PlanRecord, sealPlan } from '@/lib/changes/plan-record'
import { runShutdown } from '@/lib/config/shutdown'
import { work } from '@/lib/db'
import { prepareData } from '@/lib/server/prepare-data'
import { makeHost } from '@/prisma/factories'
import { meshOf } from './mesh-of'
import { printFigure, printMachine } from './report'
import { sessionCookie } from './session-cookie'
import { compareRounds, type Round } from './statistics'

// The page of a mesh of 50 members (1225 pairs) beside that of one of 5 (10 pairs), and of the change that made it, as a browser
// gets them from a Pollux started as ever. None of the members answers, so that every pair is shown as not known.
const sizes = [5, 50] as const
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9)

printMachine()
const dataDir = mkdtempSync(join(tmpdir(), 'pollux-bench-'))
const changes = await keepMeshes(dataDir)
const pollux = await startPollux(dataDir)
try {
  const cookie = await sessionCookie(pollux)
  const fetched = async (path: string) => {
    const answer = await fetch(`${pollux.url}${path}`, { headers: { cookie } })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`expected ${path} to be a page, got ${answer.status}`)
    return text
  }
  await compare('mesh-page', (size) => fetched(`/meshes/m${size}`))
  await compare('mesh-change-page', (size) => fetched(`/changes/${changes.get(size)}`))
} finally {
  await pollux.remove()
}

/** The larger mesh's page between two turns of the smaller one's. */
async function compare(name: string, get: (size: (typeof sizes)[number]) => Promise<string>): Promise<void> {
  const [few, many] = sizes
  const bytes = { few: (await get(few)).length, many: (await get(many)).length }
  const timed = async (size: (typeof sizes)[number]) => {
    const begun = performance.now()
    await get(size)
    return performance.now() - begun
  }
  const taken: Round[] = []
  for (let round = 0; round < rounds; round += 1) taken.push([await timed(few), await timed(many), await timed(few)])
  const found = compareRounds(taken)
  const page = (ms: number, size: number) => `${ms.toFixed(0)} ms, ${(size / 1000).toFixed(0)} kB`
  console.log(
    `  ${name}: ${few} members ${page(found.baseline, bytes.few)}; ${many} members ${page(found.ours, bytes.many)}`,
  )
  const pairs = (size: number) => (size * (size - 1)) / 2
  printFigure(`${name}-${many}-a-pair-to-${few}`, (found.ratio * pairs(few)) / pairs(many), 1)
}

/** A store with both meshes as applied changes have left them. Gives the changes' numbers by the sizes. */
async function keepMeshes(dir: string): Promise<Map<number, number>> {
  process.env['POLLUX_DATA'] = dir
  await prepareData()
  const changes = new Map<number, number>()
  for (const size of sizes) {
    const { hosts, wish } = meshOf(size, `m${size}`)
    const plan = ipsecAgent.plan(hosts, wish)
    const ids = hosts.map(({ hostId }) => hostId)
    const record: PlanRecord = {
      origin: { kind: 'wizard', agentId: plan.agent.id, desired: wish, hostIds: ids },
      ...{ plan, desired: wish, hostKeys: {}, hosts: hosts.map(({ hostId, name }) => ({ id: hostId, name })) },
      digest: planDigest({ plan, desired: wish, hostKeys: {} }),
    }
    const change = await work(async (tx) => {
      for (const id of ids) await makeHost(tx, { id, name: id, address: '127.0.0.1' })
      const made = await tx.change.create({
        data: {
          ...{ agentId: plan.agent.id, agentVersion: plan.agent.version, title: plan.title, summary: plan.summary },
          ...{ state: 'ended', outcome: 'applied', endedAt: new Date(), askedBy: 'bench', askedById: 'bench' },
          ...{ digest: record.digest, sealedPlan: sealPlan(record) },
        },
      })
      await keepParts(tx, made.id, record)
      return made.id
    })
    changes.set(size, change)
  }
  await runShutdown(10_000)
  return changes
}
