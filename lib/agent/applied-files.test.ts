import { describe, expect, it } from 'vitest'
import { appliedFiles, composePlans, type FileStep, type Phase, type Plan, planPart } from '.'

const owned = (bytes: string) => ({ bytes, mode: '0644', owner: 'root', group: 'root' })

function write(id: string, path: string, after: string | null): FileStep {
  const common = { kind: 'file' as const, title: id, timeoutS: 5, before: null, undo: { copy: true as const } }
  return { ...common, id, path, after: after === null ? null : owned(after) }
}

function planOf(agentId: string, phases: readonly Phase[]): Plan {
  const checks = [
    {
      id: 'says',
      hostId: 'umber',
      title: agentId,
      weight: 'must' as const,
      read: { file: `/etc/${agentId}` },
      expect: { absent: true as const },
      timeoutS: 5,
    },
  ]
  const words = { title: agentId, summary: agentId, nothingToDo: phases.length > 0 ? null : 'Nothing.' }
  return { agent: { id: agentId, version: 2 }, ...words, phases, checks, basis: [], findings: [], guard: null }
}

const phase = (id: string, ...hosts: Phase['hosts']): Phase => ({ id, title: id, hosts })

describe('the files that a plan left', () => {
  const plan = planOf('one', [
    phase('first', { hostId: 'umber', steps: [write('a', '/etc/a', 'early'), write('b', '/etc/b', 'b')] }),
    phase('then', { hostId: 'sienna', steps: [write('c', '/etc/c', 'c')] }),
    phase('last', { hostId: 'umber', steps: [write('a2', '/etc/a', 'late'), write('gone', '/etc/b', null)] }),
  ])

  it('are those of one host, as the last step on each left them', () => {
    expect([...appliedFiles(plan, 'umber')]).toEqual([
      ['/etc/a', owned('late')],
      ['/etc/b', null],
    ])
    expect([...appliedFiles(plan, 'sienna').keys()]).toEqual(['/etc/c'])
    expect(appliedFiles(plan, 'elsewhere').size).toBe(0)
  })
})

describe('an agent’s part of a plan', () => {
  const agentOf = (plan: Plan) => ({
    id: plan.agent.id,
    version: 2,
    title: '',
    about: '',
    probe: { id: plan.agent.id, timeoutS: 1, readings: {}, parse: () => ({ state: 'read' as const, value: null }) },
    desired: { safeParse: () => ({ success: true }) } as never,
    plan: () => plan,
    predict: () => null,
    drift: () => [],
  })
  const plans = ['mysql', 'mysql-dump', 'other'].map((id) =>
    planOf(id, [phase('write', { hostId: 'umber', steps: [write('write', `/etc/${id}`, id)] })]),
  )
  const composed = composePlans(plans.map((plan) => ({ agent: agentOf(plan), desired: null, hosts: [] })))

  it('is what the agent planned, under its own ids', () => {
    expect(composed.phases.map(({ id }) => id)).toEqual(['mysql.write', 'mysql-dump.write', 'other.write'])
    for (const plan of plans) {
      const part = planPart(composed, plan.agent.id)
      expect(part).toMatchObject({ agent: plan.agent, phases: plan.phases, checks: plan.checks })
      expect(part).not.toHaveProperty('first')
    }
  })

  it('is the whole plan of one agent, and nothing for an agent that had no part', () => {
    const [alone] = plans
    if (!alone) throw new Error('expected a plan')
    expect(planPart(alone, 'mysql')).toBe(alone)
    expect([planPart(alone, 'other'), planPart(composed, 'nobody')]).toEqual([null, null])
  })
})
