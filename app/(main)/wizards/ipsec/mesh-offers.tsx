import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { removalAddress } from './address'
import { readStanding } from './standing'

/** The meshes that stand, before any host is chosen; of the one that is changed, what else can be done with it. */
export async function MeshOffers({ ctx, tag }: { ctx: Ctx; tag: string | null }) {
  const meshes = await readStanding(ctx)
  const mesh = meshes.find((each) => each.tag === tag)
  if (tag !== null && !mesh) return <NoSuchMesh tag={tag} />
  if (mesh)
    return (
      <p className="mb-6 max-w-text text-text-2">
        Mesh {mesh.name} has {mesh.members.length} members. It can also be{' '}
        <LinkText href={removalAddress(mesh.tag)}>taken away whole</LinkText>.
      </p>
    )
  if (meshes.length === 0) return null
  return (
    <section className="mb-6" aria-label="Meshes that stand">
      <SectionHead title="Meshes that stand" note="or choose hosts below for a new one" ruled />
      <ul>
        {meshes.map((each) => (
          <li key={each.tag} className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium">{each.name}</p>
              <p className="text-12 text-text-3">
                {each.members.length} members in {each.prefix}: {each.members.map(({ label }) => label).join(', ')}
              </p>
            </div>
            <ButtonLink sm href={`/wizards/ipsec?mesh=${encodeURIComponent(each.tag)}`}>
              Change mesh {each.name}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The address names a mesh that is not there. */
export function NoSuchMesh({ tag }: { tag: string }) {
  return (
    <div className="mb-6">
      <Note status="info" title={`No mesh ${tag} stands`}>
        It was taken away, or no change that made it was applied. What is chosen here becomes a new one.
      </Note>
    </div>
  )
}
