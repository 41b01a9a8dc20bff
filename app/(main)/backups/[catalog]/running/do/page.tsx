import { notFound, redirect } from 'next/navigation'
import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { toScreen } from '@/lib/action/to-screen'
import type { Ctx } from '@/lib/auth/actor'
import { type DirectorLists, directorLists } from '@/lib/director/director-lists'
import { prunableVolumes } from '@/lib/director/prunable-volumes'
import { isAppError } from '@/lib/errors'
import { consoleText } from '../../../../wizards/bacula/console-text'
import { catalogOf } from '../../../catalog-of'
import { catalogHref } from '../../../links'
import { ConsoleForm } from './console-form'
import { EnableForm, LabelForm, RunForm, StatusForm, StorageForm } from './forms'
import { PruneForm } from './prune-form'

const titles = {
  run: 'Run a job',
  label: 'Label a volume',
  storage: 'Mount, unmount or release',
  enable: 'Enable or disable a job',
  status: 'Change a volume’s status',
  prune: 'Prune volumes',
  console: 'A console for Pollux',
} as const

type What = keyof typeof titles

/** One thing to ask of the director: a form, whose answer is a plan. */
export default async function DoPage(props: { params: Promise<{ catalog: string }>; searchParams: Promise<Params> }) {
  await pageCtx('operate backups')
  const { ctx, catalog } = await catalogOf((await props.params).catalog)
  const { what, job, volume } = await props.searchParams
  const back = catalogHref(catalog.id, 'running')
  if (!catalog.hasDirector) redirect(back)
  if (!isWhat(what)) notFound()
  return (
    <>
      <SectionHead title={titles[what]} right={<LinkText href={back}>Back to what runs</LinkText>} ruled />
      <Part ctx={ctx} catalogId={catalog.id} what={what} chosen={{ job: textOf(job), volume: textOf(volume) }} />
      <KeysBar keys={[{ keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}

async function Part({
  ctx,
  catalogId,
  what,
  chosen,
}: {
  ctx: Ctx
  catalogId: string
  what: What
  chosen: { job: string; volume: string }
}) {
  try {
    if (what === 'console') return <ConsoleForm catalogId={catalogId} texts={consoleText()} />
    if (what === 'prune') return <PruneForm catalogId={catalogId} volumes={await prunableRows(ctx, catalogId)} />
    const lists = await directorLists(ctx, catalogId)
    return <Form what={what} catalogId={catalogId} lists={lists} chosen={chosen} />
  } catch (error) {
    if (!isAppError(error)) throw error
    return (
      <Note status="bad" title="The director did not tell">
        {toScreen(ctx, error).message}
      </Note>
    )
  }
}

function Form({
  what,
  ...props
}: {
  what: Exclude<What, 'console' | 'prune'>
  catalogId: string
  lists: DirectorLists
  chosen: { job: string; volume: string }
}) {
  switch (what) {
    case 'run':
      return <RunForm {...props} />
    case 'label':
      return <LabelForm {...props} />
    case 'storage':
      return <StorageForm {...props} />
    case 'enable':
      return <EnableForm {...props} />
    case 'status':
      return <StatusForm {...props} />
  }
}

async function prunableRows(ctx: Ctx, catalogId: string) {
  const volumes = await prunableVolumes(ctx, catalogId)
  return volumes.map(({ volume, pool, bytes, verdict }) => ({ volume, pool, bytes, because: verdict.because }))
}

function isWhat(text: unknown): text is What {
  return typeof text === 'string' && Object.hasOwn(titles, text)
}

function textOf(text: string | readonly string[] | undefined): string {
  return typeof text === 'string' ? text : ''
}
