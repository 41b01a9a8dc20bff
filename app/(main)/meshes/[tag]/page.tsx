import type { Metadata } from 'next'
import { listDrift } from '@/lib/changes/list-drift'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { nothingSeen } from '../live/mesh-seen'
import { lastSeen } from '../live/watch-mesh'
import { meshOf } from '../mesh-of'
import { driftOfMesh } from './drift-of-mesh'
import { MembersSection } from './members-section'
import { MeshBoard } from './mesh-board'
import { shownMesh } from './mesh-shown'

type Params = Promise<{ tag: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `Mesh ${(await params).tag}` }
}

/** A mesh: how every pair of it is, live, and its members. What was seen last stands at once, with its time. */
export default async function MeshPage({ params }: { params: Params }) {
  const { ctx, mesh, meshes, mayPlan } = await meshOf((await params).tag)
  const [hosts, drift] = await Promise.all([listHostChoices(ctx), listDrift(ctx)])
  const seen = lastSeen(mesh.tag)
  const names = new Map(hosts.map(({ id, name }) => [id, name]))
  return (
    <MeshBoard
      key={mesh.changeId}
      mesh={shownMesh(mesh, names)}
      first={seen?.changeId === mesh.changeId ? seen : nothingSeen(mesh)}
      mayPlan={mayPlan}
    >
      <MembersSection mesh={mesh} names={names} drift={driftOfMesh(mesh, meshes, drift)} />
    </MeshBoard>
  )
}
