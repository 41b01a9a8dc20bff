import { expect, it } from 'vitest'
import type { Plan, Step } from '@/lib/agent'
import type { ChangeView, StepState } from '@/lib/changes/get-change'
import { shownPart } from './shown-host'

const step = (id: string): Step => ({
  ...{ kind: 'run', id, title: id, timeoutS: 1, run: ['true'], undo: { nothing: 'it leaves nothing' } },
})
const proof = (hostName: string, verdict: string | null) => ({
  ...{ hostName, title: 'It runs', weight: 'must', expected: 'yes', seen: null, verdict },
})

/** A change of so many hosts with so many steps each; of the named hosts the first step failed. */
function changeOf(hosts: number, steps: number, failed: readonly string[] = []): ChangeView {
  const ids = Array.from({ length: hosts }, (_, at) => `h${at}`)
  const state = (id: string, at: number): StepState => (at === 0 && failed.includes(id) ? 'failed' : 'waiting')
  const own = Array.from({ length: steps }, (_, at) => step(`s${at}`))
  const plan = { phases: [{ id: 'p', title: 'P', hosts: ids.map((hostId) => ({ hostId, steps: own })) }], checks: [] }
  return {
    plan: plan as unknown as Plan,
    hostNames: Object.fromEntries(ids.map((id) => [id, `name of ${id}`])),
    hosts: ids.map((hostId) => ({
      ...{ hostId, name: `name of ${hostId}`, outcome: null },
      steps: own.map((each, at) => ({ phaseId: 'p', step: each, state: state(hostId, at) })),
    })),
    proofs: ids.map((id) => proof(`name of ${id}`, failed.includes(id) ? 'no' : null)),
    difference: null,
  } as unknown as ChangeView
}

const hostsOf = ({ change }: ReturnType<typeof shownPart>) =>
  change.plan.phases.flatMap(({ hosts }) => hosts.map(({ hostId }) => hostId))

it('shows a change of a size that a person reads as a whole', () => {
  const change = changeOf(40, 10)
  expect(shownPart(change, { host: 'h3' })).toEqual({ change, hostId: null, choices: [] })
  expect(shownPart(changeOf(1, 900), {}).hostId).toBeNull()
})

it('shows of a large one the host that was asked for, else one that failed, else the first', () => {
  const large = changeOf(40, 11, ['h7'])
  expect(hostsOf(shownPart(large, { host: 'h3' }))).toEqual(['h3'])
  expect(hostsOf(shownPart(large, { host: '__proto__' }))).toEqual(['h7'])
  expect(hostsOf(shownPart(changeOf(40, 11), {}))).toEqual(['h0'])
  expect(shownPart(large, {}).choices[7]).toEqual({ hostId: 'h7', name: 'name of h7', words: '11 steps, failed' })
  expect(shownPart(large, {}).choices).toHaveLength(40)
})

it('keeps proofs that failed elsewhere in sight', () => {
  const { change } = shownPart(changeOf(40, 11, ['h7', 'h8']), { host: 'h3' })
  expect(change.proofs.map(({ hostName }) => hostName)).toEqual(['name of h7', 'name of h8', 'name of h3'])
})
