import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import type { Params } from '@/components/table/sort'
import { readSpan } from '@/lib/catalog/overview/overview-exports'
import { readOverview } from '@/lib/catalog/overview/read-overview'
import { listSizeSamples } from '@/lib/catalog/overview/size-growth'
import { wallText } from '@/lib/catalog/rules'
import { catalogOf } from '../catalog-of'
import { CatalogTrouble } from './catalog-trouble'
import { DaysSection } from './days-section'
import { LateSection } from './late-section'
import { OutcomesSection } from './outcomes-section'
import { OverviewFacts } from './overview-facts'
import { readForPage } from './read-for-page'
import { SizesSection } from './sizes-section'
import { UnfinishedSection } from './unfinished-section'
import { VolumesSection } from './volumes-section'

/** The overview: is everything backed up, how did the jobs end, how much came in, how large is the catalog. */
export default async function OverviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ catalog: string }>
  searchParams: Promise<Params>
}) {
  const { ctx, catalog } = await catalogOf((await params).catalog)
  const { days } = await searchParams
  const span = readSpan(typeof days === 'string' ? days : null)
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    overview: await readOverview(of, { span }),
    now: of.now,
    today: wallText(of.now, of.zone).slice(0, 10),
  }))
  return (
    <>
      {reading.ok ? (
        <Parts
          catalogId={catalog.id}
          span={span}
          {...reading.data}
          samples={await listSizeSamples(ctx, catalog.id, reading.data.today)}
        />
      ) : (
        <CatalogTrouble sentence={reading.trouble.message} />
      )}
      <KeysBar keys={[...rowKeyHints, { keys: ['1', '6'], does: 'tabs' }, { keys: ['G', 'B'], does: 'backups' }]} />
    </>
  )
}

interface PartsProps {
  catalogId: string
  span: number
  overview: Awaited<ReturnType<typeof readOverview>>
  samples: Awaited<ReturnType<typeof listSizeSamples>>
  now: number
  today: string
}

function Parts({ catalogId, span, overview, samples, now, today }: PartsProps) {
  const { outcomes, late, unfinished, volumes, days, sizes } = overview
  return (
    <>
      <OverviewFacts overview={overview} />
      <LateSection catalogId={catalogId} late={late} />
      <OutcomesSection catalogId={catalogId} outcomes={outcomes} />
      <DaysSection catalogId={catalogId} days={days} span={span} />
      <div className="overview-cols">
        <UnfinishedSection catalogId={catalogId} jobs={unfinished} now={now} />
        <VolumesSection catalogId={catalogId} volumes={volumes} />
      </div>
      <SizesSection catalogId={catalogId} sizes={sizes} samples={samples} today={today} />
    </>
  )
}
