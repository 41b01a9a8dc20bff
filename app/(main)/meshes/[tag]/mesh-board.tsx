'use client'

import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { HostText } from '@/components/base/host-text'
import { Segmented } from '@/components/base/segmented'
import { KeysBar } from '@/components/frame/keys-bar'
import { SectionHead } from '@/components/frame/page-head'
import { useKeys } from '@/components/keys/use-keys'
import { Note } from '@/components/show/finding'
import type { MeshSeen } from '../live/mesh-seen'
import { Matrix } from './matrix'
import { MeshFacts, MeshHead } from './mesh-head'
import type { ShownMesh } from './mesh-shown'
import { shownPairs } from './mesh-words'
import { PairsList } from './pairs-list'
import { Ring } from './ring'
import { useMesh } from './use-mesh'

const views = [
  { id: 'matrix', label: 'Matrix' },
  { id: 'table', label: 'Table' },
  { id: 'faults', label: 'Not fine' },
] as const
type View = (typeof views)[number]['id']

/** The whole of what is seen of a mesh, kept true while the page is open. `children` stand below it. */
export function MeshBoard({
  mesh,
  first,
  mayPlan,
  children,
}: {
  mesh: ShownMesh
  first: MeshSeen
  mayPlan: boolean
  children: ReactNode
}) {
  const { seen, isLive } = useMesh(mesh.tag, mesh.changeId, first)
  const pairs = useMemo(() => shownPairs(seen, mesh.members.length), [seen, mesh.members.length])
  const [view, setView] = useView()
  useKeys({ m: () => setView('matrix'), t: () => setView('table'), w: () => setView('faults') })
  return (
    <>
      <MeshHead mesh={mesh} seen={seen} pairs={pairs} mayPlan={mayPlan} />
      <Troubles mesh={mesh} seen={seen} />
      <MeshFacts mesh={mesh} seen={seen} isLive={isLive && seen.trouble === null} />
      <div className="mesh-cols">
        <section className="min-w-0" aria-labelledby="mesh-pairs">
          <SectionHead
            id="mesh-pairs"
            title="Pairs"
            note={<span className="max-m:hidden">inner round trip in ms, measured by the row’s host</span>}
            right={<Segmented label="Show as" segments={views} chosen={view ?? 'matrix'} onChoose={choose(setView)} />}
          />
          {seen.at === null ? (
            <p className="text-text-2">Every member is being asked how its pairs are.</p>
          ) : view === null ? (
            <>
              <div className="max-m:hidden">
                <Matrix mesh={mesh} pairs={pairs} />
              </div>
              <div className="m:hidden">
                <PairsList mesh={mesh} pairs={pairs} onlyFaults />
              </div>
            </>
          ) : view === 'matrix' ? (
            <Matrix mesh={mesh} pairs={pairs} />
          ) : (
            <PairsList key={view} mesh={mesh} pairs={pairs} onlyFaults={view === 'faults'} />
          )}
        </section>
        {seen.at === null ? null : <Ring mesh={mesh} pairs={pairs} />}
      </div>
      {children}
      <KeysBar
        keys={[
          { keys: ['arrows'], does: 'pair' },
          { keys: ['Enter'], does: 'look at it' },
          { keys: ['M'], does: 'matrix' },
          { keys: ['T'], does: 'table' },
          { keys: ['W'], does: 'only what is wrong' },
        ]}
      />
    </>
  )
}

/** The view that was chosen; on a phone the list of what is not fine until then. Null before the width is known. */
function useView() {
  const [view, setView] = useState<View | null>(null)
  useEffect(() => {
    const first = window.matchMedia('(max-width: 760px)').matches ? 'faults' : 'matrix'
    setView((now) => now ?? first)
  }, [])
  return [view, setView] as const
}

function choose(setView: (view: View) => void) {
  return (id: string) => setView(views.find((view) => view.id === id)?.id ?? 'matrix')
}

function Troubles({ mesh, seen }: { mesh: ShownMesh; seen: MeshSeen }) {
  const unread = seen.problems.flatMap((problem, at) => {
    const member = mesh.members[at]
    return problem === null || !member ? [] : [{ member, problem }]
  })
  return (
    <>
      {seen.trouble === null ? null : (
        <div className="mb-4">
          <Note status="bad" title="The members could not be asked" live>
            {seen.trouble}
            {seen.at === null ? '' : ' What stands below is from the last look.'}
          </Note>
        </div>
      )}
      {unread.length === 0 ? null : (
        <div className="mb-4">
          <Note
            status="unknown"
            title={unread.length === 1 ? 'One member was not read' : `${unread.length} members were not read`}
          >
            <ul>
              {unread.map(({ member, problem }) => (
                <li key={member.label}>
                  {member.label}: <HostText text={problem} max={300} />
                </li>
              ))}
            </ul>
          </Note>
        </div>
      )}
    </>
  )
}
