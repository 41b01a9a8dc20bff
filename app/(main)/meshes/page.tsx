import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { pageCtx } from '@/lib/action'
import { can } from '@/lib/auth/rights'
import { lastSeen } from './live/watch-mesh'
import { MeshesTable } from './meshes-table'
import { meshesTitle, meshRow } from './meshes-words'
import { readMeshes } from './read-meshes'

export const metadata = { title: 'Meshes' }

/** Every mesh that stands, with what was seen of it last. */
export default async function MeshesPage() {
  const ctx = await pageCtx('read inventory')
  const rows = (await readMeshes(ctx)).map((mesh) => meshRow(mesh, lastSeen(mesh.tag)))
  const build = can(ctx.actor, 'plan a change') ? (
    <ButtonLink kind={rows.length === 0 ? 'primary' : undefined} href="/wizards/ipsec">
      Build a mesh
    </ButtonLink>
  ) : null
  return (
    <>
      <PageHead title={meshesTitle(rows)} actions={rows.length > 0 ? build : null}>
        {rows.length > 0 ? 'A mesh is looked at while its page is open; what was seen last carries its time.' : null}
      </PageHead>
      {rows.length === 0 ? (
        <EmptyState title="No mesh stands" actions={build}>
          A mesh gives any number of hosts an encrypted tunnel to each other: IP-IP inside ESP, with inner addresses of
          their own. It is built in one change that can be taken back, and here every pair of it is proved.
        </EmptyState>
      ) : (
        <MeshesTable rows={rows} />
      )}
      <KeysBar keys={rows.length > 0 ? rowKeyHints : []} />
    </>
  )
}
