import { expect, it } from 'vitest'
import { standingMeshes } from './standing-meshes'

const member = (label: string, last: number) => ({
  hostId: label,
  label,
  outer: `192.0.2.${last}`,
  inner: `10.20.0.${last}`,
})
const [a, b, c, d] = [member('a', 1), member('b', 2), member('c', 3), member('d', 4)]

let changes = 0
const wish = (tag: string, ...members: (typeof a)[]) => {
  changes += 1
  const desired = {
    ...{ kind: 'mesh', tag, name: tag.toUpperCase(), prefix: '10.20.0.0/24', profile: 'modern' },
    ...{ members, leaving: [], innerNames: false },
  }
  return { changeId: changes, desired, at: new Date(changes * 1000) }
}

it('takes each mesh from its last change', () => {
  const [one, other, last] = [wish('lab', a, b), wish('cloud', c, d), wish('lab', a, b, c)]
  const meshes = standingMeshes([last, other, one])
  expect(meshes.map(({ tag, changeId, members }) => [tag, changeId, members.map(({ label }) => label)])).toEqual([
    ['cloud', other.changeId, ['c', 'd']],
    ['lab', last.changeId, ['a', 'b', 'c']],
  ])
})

it('knows the inner addresses of those who left, the longest gone first, until one is given again', () => {
  const story = [wish('lab', a, b, c, d), wish('lab', a, b, d), wish('lab', a, b)]
  expect(standingMeshes(story.toReversed())[0]?.retired).toEqual(['10.20.0.3', '10.20.0.4'])
  const again = [...story, wish('lab', a, b, { ...member('e', 5), inner: c.inner })]
  expect(standingMeshes(again.toReversed())[0]?.retired).toEqual(['10.20.0.4'])
})

it('forgets a mesh that was taken away, and what it cannot understand', () => {
  const story = [wish('lab', a, b), wish('lab'), { changeId: 9, desired: { kind: 'prepare' }, at: new Date() }]
  expect(standingMeshes([{ changeId: 10, desired: { kind: 'mesh' }, at: new Date() }, ...story.toReversed()])).toEqual(
    [],
  )
  expect(standingMeshes([wish('lab', c, d), ...story.toReversed()])[0]?.retired).toEqual([])
})
