import { describe, expect, it } from 'vitest'
import { type PairCode, pairProofs, pairVerdicts } from '@/agents/ipsec/matrix/view'
import { render, tagsOf, textOf } from '@/components/testing/render'
import { nothingSeen } from '../live/mesh-seen'
import { Matrix } from './matrix'
import { MeshBoard } from './mesh-board'
import type { ShownMesh } from './mesh-shown'
import { shownPairs } from './mesh-words'
import { PairsList } from './pairs-list'
import { Ring } from './ring'

const meshOf = (count: number): ShownMesh => ({
  ...{ tag: 'cloud', name: 'Cloud <b>\u202e', prefix: '10.20.0.0/24', profile: 'modern', changeId: 7, at: 1 },
  members: Array.from({ length: count }, (_, at) => ({
    label: `host${at}`,
    name: `host${at}`,
    inner: `10.20.0.${at}`,
  })),
})
const code = (verdict: (typeof pairVerdicts)[number]): PairCode => [
  pairVerdicts.indexOf(verdict),
  verdict === 'fine' || verdict === 'weak' ? -1 : pairProofs.indexOf('ike'),
  verdict === 'broken' ? null : 0.61,
  12.3,
]
type Broken = (at: number) => Parameters<typeof code>[0]
const seenOf = (mesh: ShownMesh, verdictOf: Broken = () => 'fine') => {
  const pairs = (mesh.members.length * (mesh.members.length - 1)) / 2
  return { ...nothingSeen(mesh), at: 5, pairs: Array.from({ length: pairs }, (_, at) => code(verdictOf(at))) }
}
const pairsOf = (mesh: ShownMesh, verdictOf?: Broken) => shownPairs(seenOf(mesh, verdictOf), mesh.members.length)
const matrix = (mesh: ShownMesh, verdictOf?: Broken) => render(<Matrix mesh={mesh} pairs={pairsOf(mesh, verdictOf)} />)

describe('the matrix', () => {
  it('has a link for each pair and way, with the row’s own time, of which Tab reaches one', () => {
    const markup = matrix(meshOf(3))
    expect(tagsOf(markup, 'a')).toHaveLength(6)
    expect(tagsOf(markup, 'a').filter((tag) => tag.includes('tabindex="0"'))).toHaveLength(1)
    expect(markup).toContain('href="/meshes/cloud/host0/host2" aria-label="host0 to host2: all proofs hold, 0.6 ms"')
    expect(markup).toContain('href="/meshes/cloud/host2/host0" aria-label="host2 to host0: all proofs hold, 12 ms"')
    expect(tagsOf(markup, 'table')[0]).toContain('aria-label="Pairs of Cloud')
  })

  it('lets Tab reach the first cell of the first row, whichever member stands there', () => {
    const markup = matrix(meshOf(50), (at) => (at === 60 ? 'broken' : 'fine'))
    expect(tagsOf(markup, 'a').filter((tag) => tag.includes('tabindex="0"'))).toHaveLength(1)
    expect(tagsOf(markup, 'a')[0]).toContain('tabindex="0"')
  })

  it('marks what is not fine by a shape too', () => {
    for (const verdict of ['weak', 'broken', 'unknown'] as const)
      expect(
        tagsOf(
          matrix(meshOf(2), () => verdict),
          'use',
        ).length,
      ).toBeGreaterThanOrEqual(2)
    expect(matrix(meshOf(2), () => 'broken')).toContain('host0 to host1: broken: no IKE SA"')
  })

  it('shows of many members the rows with faults, the worst first, and folds the rest', () => {
    const mesh = meshOf(50)
    expect(textOf(matrix(mesh))).toContain('Every row is fine.')
    // Of the pairs of the first member: with the second and the third.
    const some = matrix(mesh, (at) => (at < 2 ? 'broken' : 'fine'))
    expect(tagsOf(some, 'tr')).toHaveLength(1 + 3)
    expect(some.indexOf('>host0<small>')).toBeLessThan(some.indexOf('>host1<small>'))
    expect(textOf(some)).toContain('Show all 50 rows')
    expect(
      tagsOf(
        matrix(mesh, () => 'broken'),
        'tr',
      ),
    ).toHaveLength(1 + 20)
  })
})

describe('the page of 50 members', () => {
  const mesh = meshOf(50)
  const board = (verdictOf?: Broken) =>
    render(
      <MeshBoard mesh={mesh} first={seenOf(mesh, verdictOf)} mayPlan>
        <p>Members</p>
      </MeshBoard>,
    )

  it('is small where all is fine, and bounded where nothing is', () => {
    const [fine, broken] = [board().length, board(() => 'broken').length]
    expect(fine).toBeLessThan(40_000)
    expect(broken).toBeLessThan(350_000)
  })

  it('says how the mesh is, and shows no markup of its name', () => {
    const markup = board((at) => (at === 0 ? 'broken' : 'fine'))
    expect(tagsOf(markup, 'h1')).toHaveLength(1)
    expect(textOf(markup)).toContain('1 of 1,225 pairs is broken')
    expect(markup).not.toContain('<b>\u202e')
    expect(markup).toContain('/wizards/ipsec?mesh=cloud')
  })

  it('claims nothing before the first look', () => {
    const text = textOf(
      render(
        <MeshBoard mesh={mesh} first={nothingSeen(mesh)} mayPlan={false}>
          {null}
        </MeshBoard>,
      ),
    )
    expect(text).toContain('not checked yet')
    expect(text).toContain('Every member is being asked')
    expect(text).not.toContain('Add or remove members')
  })

  it('says who was not read, and what hinders', () => {
    const problems = mesh.members.map((_, at) => (at === 3 ? 'No <i>route</i>.\u0007' : null))
    const first = { ...seenOf(mesh), problems, trouble: 'The store is gone.', work: [{ changeId: 9, members: [0, 1] }] }
    const markup = render(
      <MeshBoard mesh={mesh} first={first} mayPlan>
        {null}
      </MeshBoard>,
    )
    const text = textOf(markup)
    expect(text).toMatch(/One member was not read.*host3: No <i>route<\/i>\./)
    expect(markup).not.toContain('\u0007')
    expect(text).toContain('The store is gone. What stands below is from the last look.')
    expect(text).toContain('Change #9 is at work.')
    expect(text).toContain('1 of 1,225 pairs is being changed')
  })
})

it('lists pairs the worst first, and only those that are not fine where asked', () => {
  const mesh = meshOf(3)
  const list = (onlyFaults: boolean) =>
    textOf(
      render(
        <PairsList mesh={mesh} pairs={pairsOf(mesh, (at) => (at === 2 ? 'broken' : 'fine'))} onlyFaults={onlyFaults} />,
      ),
    )
  expect(list(false)).toMatch(/host1 to host2broken: no IKE SA.*host0 to host1all proofs hold/)
  expect(list(true)).not.toContain('host0 to host1')
  expect(textOf(render(<PairsList mesh={mesh} pairs={pairsOf(mesh)} onlyFaults />))).toBe('Every pair is fine.')
})

it('draws one path for each kind of pair, and of many members only what is not fine', () => {
  const ring = (count: number) =>
    render(<Ring mesh={meshOf(count)} pairs={pairsOf(meshOf(count), (at) => (at === 0 ? 'broken' : 'fine'))} />)
  expect(tagsOf(ring(5), 'path')).toHaveLength(2)
  expect(ring(5)).toContain('aria-label="Ring of 5 members: 9 proved, 1 broken"')
  expect(tagsOf(ring(50), 'path')).toHaveLength(1)
  expect(tagsOf(ring(50), 'text')).toHaveLength(2)
})
