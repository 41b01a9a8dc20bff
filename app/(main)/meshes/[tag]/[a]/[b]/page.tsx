import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { HostText } from '@/components/base/host-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { SkeletonTable } from '@/components/show/skeleton'
import { meshHref } from '../../../mesh-links'
import { meshOf } from '../../../mesh-of'
import { ForceKeys } from './force-keys'
import { LookAgain } from './look-again'
import { PairFacts } from './pair-facts'

type Params = Promise<{ tag: string; a: string; b: string }>

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { a, b } = await params
  return { title: `${a} to ${b}` }
}

/** One pair of a mesh: what both ends say, read now, and what that amounts to. */
export default async function PairPage({ params }: { params: Params }) {
  const { tag, a, b } = await params
  const { mesh, mayPlan } = await meshOf(tag)
  const [one, other] = [a, b].map((label) => mesh.members.find((member) => member.label === label))
  if (!one || !other || one === other) notFound()
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Meshes', href: '/meshes' },
          { label: <HostText text={mesh.name} max={60} />, href: meshHref(tag) },
          { label: `${one.label} to ${other.label}` },
        ]}
        age={<LookAgain />}
        title={`${one.label} to ${other.label}`}
        actions={mayPlan ? <ForceKeys tag={tag} hostIds={[one.hostId, other.hostId]} /> : null}
      >
        {one.outer} to {other.outer} outside, {one.inner} to {other.inner} inside.
      </PageHead>
      <Suspense fallback={<Reading />}>
        <PairFacts mesh={mesh} one={one} other={other} />
      </Suspense>
      <KeysBar keys={[{ keys: ['G', 'M'], does: 'meshes' }]} />
    </>
  )
}

function Reading() {
  return (
    <>
      <p className="mb-3 text-text-2">Both ends are being asked. A ping that nobody answers takes a second.</p>
      <SkeletonTable rows={10} />
    </>
  )
}
