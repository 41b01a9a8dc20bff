import { describe, expect, it } from 'vitest'
import { render, textOf } from '@/components/testing/render'
import type { Plan } from '@/lib/agent'
import type { ChangeView } from '@/lib/changes/get-change'
import { ChangeEnding } from './change-ending'

const plan: Plan = {
  agent: { id: 'postfix', version: 1 },
  title: '',
  summary: '',
  phases: [],
  checks: [],
  basis: [],
  findings: [],
  guard: null,
  next: { title: 'Choose its address' },
  nothingToDo: null,
}

/** What the page shows of a change that ended like this. */
function ending(over: Partial<ChangeView>): string {
  const change: Partial<ChangeView> = {
    id: 7,
    agentId: 'postfix',
    state: 'ended',
    outcome: 'applied',
    detail: '',
    plan,
    hosts: [{ hostId: 'h 1', name: 'rowan' } as ChangeView['hosts'][number]],
    hostNames: { 'h 1': 'rowan' },
    proofs: [],
    lockedHosts: [],
    revertedById: null,
    revertsId: null,
    ...over,
  }
  return render(<ChangeEnding change={change as ChangeView} mayLook={false} mayBreak={false} />)
}

describe('where a change leads', () => {
  it('goes on in its wizard, with its hosts', () => {
    const markup = ending({})
    expect(textOf(markup)).toContain('Go on: Choose its address')
    expect(markup).toContain('href="/wizards/postfix?hosts=h+1"')
  })

  it('takes along the hosts on which nothing was to do, and what its wizard is told', () => {
    const next = { title: 'Plan the mesh', params: { mesh: 'cloud' } }
    const markup = ending({ plan: { ...plan, next }, hostNames: { a: 'quince', 'h 1': 'rowan' } })
    expect(markup).toContain('href="/wizards/postfix?hosts=a&amp;hosts=h+1&amp;mesh=cloud"')
  })

  it.each<[string, Partial<ChangeView>]>([
    ['was taken back', { outcome: 'reverted' }],
    ['was reverted later', { revertedById: 8 }],
    ['is itself a revert', { revertsId: 6 }],
    ['leads nowhere', { plan: { ...plan, next: undefined } as unknown as Plan }],
  ])('but not from a change that %s', (_, over) => {
    expect(textOf(ending(over))).not.toContain('Go on')
  })
})
