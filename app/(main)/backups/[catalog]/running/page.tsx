import { Suspense } from 'react'
import { ButtonLink } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { toScreen } from '@/lib/action/to-screen'
import type { Ctx } from '@/lib/auth/actor'
import type { RunningPart } from '@/lib/director/live/running-state'
import { firstRunning } from '@/lib/director/live/watch-running'
import { isAppError } from '@/lib/errors'
import { catalogOf } from '../../catalog-of'
import { catalogHref } from '../../links'
import RunningLoading from './loading'
import { RunningBoard } from './running-board'

/** What the director works on right now, live; what waits and why, what comes next, what ended lately. */
export default async function RunningPage({ params }: { params: Promise<{ catalog: string }> }) {
  const { ctx, catalog, mayOperate, mayEdit } = await catalogOf((await params).catalog)
  return (
    <>
      {catalog.isSample ? (
        <EmptyState title="A sample has no director">
          Its backups are made up, so nothing runs. A catalog of your own shows here what its director works on: files,
          bytes, speed, and how far each job is against its last run.
        </EmptyState>
      ) : !catalog.hasDirector ? (
        <EmptyState
          title="Pollux does not know where the director runs"
          actions={
            mayEdit ? (
              <ButtonLink kind="primary" href="/settings/catalogs">
                Choose the director’s host
              </ButtonLink>
            ) : undefined
          }
        >
          What runs is asked through bconsole on the director’s host. {mayEdit ? 'Choose' : 'An admin chooses'} a host
          of the inventory for <HostText text={catalog.name} max={80} />, and this page shows each job’s files, bytes
          and speed.
        </EmptyState>
      ) : (
        <Suspense fallback={<RunningLoading />}>
          <Board ctx={ctx} catalogId={catalog.id} mayOperate={mayOperate} />
        </Suspense>
      )}
      <KeysBar keys={[...rowKeyHints, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}

async function Board({ ctx, catalogId, mayOperate }: { ctx: Ctx; catalogId: string; mayOperate: boolean }) {
  const first = await lookOnce(ctx, catalogId)
  return (
    <RunningBoard
      catalogId={catalogId}
      first={first}
      mayOperate={mayOperate}
      jobsHref={catalogHref(catalogId, 'jobs')}
      doHref={catalogHref(catalogId, 'running', 'do')}
    />
  )
}

async function lookOnce(ctx: Ctx, catalogId: string): Promise<RunningPart> {
  try {
    return await firstRunning(ctx, catalogId)
  } catch (error) {
    if (!isAppError(error)) throw error
    return { state: null, trouble: toScreen(ctx, error).message }
  }
}
