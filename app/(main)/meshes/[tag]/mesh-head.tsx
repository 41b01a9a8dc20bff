'use client'

import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import { PageHead } from '@/components/frame/page-head'
import { type Fact, FactsLine } from '@/components/show/facts-line'
import type { MeshSeen } from '../live/mesh-seen'
import { CheckAgain } from './check-again'
import type { ShownMesh } from './mesh-shown'
import { countPairs, countsText, meshTitle, pairsText, type ShownPair } from './mesh-words'

/** How the mesh is, in its title and one sentence of figures. */
export function MeshHead({
  mesh,
  seen,
  pairs,
  mayPlan,
}: {
  mesh: ShownMesh
  seen: MeshSeen
  pairs: readonly ShownPair[]
  mayPlan: boolean
}) {
  const counts = countPairs(pairs)
  const isLooked = seen.at !== null
  return (
    <PageHead
      crumbs={[{ label: 'Meshes', href: '/meshes' }, { label: mesh.tag }]}
      age={<CheckAgain tag={mesh.tag} seen={seen} />}
      title={
        <>
          Mesh <HostText text={mesh.name} max={60} />: {meshTitle(counts, isLooked)}
        </>
      }
      actions={
        mayPlan ? (
          <ButtonLink href={`/wizards/ipsec?mesh=${encodeURIComponent(mesh.tag)}`}>Add or remove members</ButtonLink>
        ) : null
      }
    >
      {mesh.members.length} members, {pairsText(pairs.length)}, {mesh.prefix}.
      {isLooked ? ` ${countsText(counts)}.` : ' The first look is under way.'}
      {seen.work.map(({ changeId }) => (
        <span key={changeId}>
          {' '}
          <LinkText href={`/changes/${changeId}`}>Change #{changeId}</LinkText> is at work.
        </span>
      ))}
    </PageHead>
  )
}

const profiles = { modern: 'modern', compatible: 'compatible' } as const

/** What the mesh is, and what its rules kept from leaving in clear. */
export function MeshFacts({ mesh, seen, isLive }: { mesh: ShownMesh; seen: MeshSeen; isLive: boolean }) {
  const facts: Fact[] = [
    { label: 'Net inside', value: mesh.prefix },
    { label: 'Profile', value: profiles[mesh.profile] },
    {
      label: 'Last change',
      value: <LinkText href={`/changes/${mesh.changeId}`}>#{mesh.changeId}</LinkText>,
      note: <RelativeTime at={mesh.at} />,
    },
    { label: 'Dropped, came in clear', value: countText(seen.drops.in) },
    { label: 'Dropped, would leave in clear', value: countText(seen.drops.out) },
    {
      label: 'This page',
      value: isLive ? (
        <StatusMark status="running">live</StatusMark>
      ) : (
        <StatusMark status="waiting">{seen.at === null ? 'waits' : 'as of'}</StatusMark>
      ),
      note: isLive ? '10 s between looks' : seen.at === null ? null : <RelativeTime at={seen.at} short />,
    },
  ]
  return <FactsLine facts={facts} />
}

function countText(count: number | null): string {
  if (count === null) return 'not counted'
  return count === 1 ? '1 packet' : `${count.toLocaleString('en')} packets`
}
