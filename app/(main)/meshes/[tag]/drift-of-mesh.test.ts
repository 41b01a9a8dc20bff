import { expect, it } from 'vitest'
import type { StandingMesh } from '@/agents/ipsec/view'
import type { DriftItem } from '@/lib/changes/list-drift'
import { driftOfMesh } from './drift-of-mesh'

const mesh = (tag: string, changeId: number, hostIds: string[]): StandingMesh => ({
  ...{ tag, name: tag, prefix: '10.20.0.0/24', profile: 'modern', innerNames: false, changeId, at: 1, retired: [] },
  members: hostIds.map((hostId) => ({ hostId, label: hostId, outer: '192.0.2.1', inner: '10.20.0.1' })),
})
const item = (hostId: string, changeId: number, agentId = 'ipsec'): DriftItem => ({
  ...{ hostId, hostName: hostId, agentId, agentTitle: agentId, changeId, wizardId: agentId },
  ...{ what: `${hostId} ${changeId}`, expected: 'there', seen: 'not there' },
})

it('is what its own changes left on its own members, and what prepared them', () => {
  const cloud = mesh('cloud', 7, ['quince', 'medlar'])
  const meshes = [cloud, mesh('lab', 8, ['quince', 'umber'])]
  const drift = [item('quince', 7), item('quince', 8), item('medlar', 3), item('umber', 8), item('quince', 9, 'mysql')]
  expect(driftOfMesh(cloud, meshes, drift).map(({ what }) => what)).toEqual(['quince 7', 'medlar 3'])
})
