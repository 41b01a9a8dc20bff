import { expect, it } from 'vitest'
import { type PairCode, pairProofs, pairVerdicts } from '@/agents/ipsec/matrix/view'
import type { StandingMesh } from '@/agents/ipsec/view'
import { nothingSeen } from './live/mesh-seen'
import { meshesTitle, meshRow } from './meshes-words'

const mesh: StandingMesh = {
  ...{ tag: 'cloud', name: 'Cloud', prefix: '10.20.0.0/24', profile: 'modern', innerNames: false },
  ...{ changeId: 7, at: 1, retired: [] },
  members: ['quince', 'medlar'].map((label) => ({ hostId: label, label, outer: '192.0.2.1', inner: '10.20.0.1' })),
}
const seen = (verdict: (typeof pairVerdicts)[number], changeId = 7) => {
  const pair: PairCode = [pairVerdicts.indexOf(verdict), pairProofs.indexOf('ike'), null, null]
  return { ...nothingSeen({ changeId }), at: 5, pairs: [pair] }
}

it('tells what was seen last, with its time', () => {
  expect(meshRow(mesh, seen('broken'))).toEqual({
    mesh,
    pairs: 1,
    seen: { words: '1 of 1 pair is broken', worst: 'broken', at: 5 },
  })
  expect(meshRow(mesh, seen('fine')).seen).toMatchObject({ words: 'its pair is proved', worst: 'fine' })
})

it('tells nothing that was seen before the last change, or never', () => {
  expect(meshRow(mesh, seen('fine', 6)).seen).toBeNull()
  expect(meshRow(mesh, nothingSeen(mesh)).seen).toBeNull()
  expect(meshRow(mesh, null).seen).toBeNull()
})

it('says in the title how the meshes are', () => {
  const [broken, fine] = [meshRow(mesh, seen('broken')), meshRow(mesh, seen('fine'))]
  expect([[], [fine], [fine, fine], [fine, broken], [broken, broken]].map(meshesTitle)).toEqual([
    ...['Meshes', '1 mesh', '2 meshes', '1 mesh had a broken pair', '2 meshes had broken pairs'],
  ])
})
