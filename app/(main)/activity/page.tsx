import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { FilterBar } from '@/components/table/filter-bar'
import { hrefWith, type Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { type AuditList, auditOutcomes, listAudit } from '@/lib/audit/list-audit'
import { filtersOf, isFiltered, spans } from './activity-filters'
import { ActivityTable } from './activity-table'
import { outcomeWords } from './activity-words'

export const metadata = { title: 'Activity' }

const pageSize = 50

/** The record of deeds: who did what to which object, and how it went. Filters and page stand in the address. */
export default async function ActivityPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('read audit')
  const params = await searchParams
  const filters = filtersOf(params)
  const list = await listAudit(ctx, { ...filters, pageSize })
  return (
    <>
      <PageHead title="Activity">
        Every sign-in, write, approval and refusal. {rowsSentence(list.total, isFiltered(params))}
      </PageHead>
      <FilterBar
        path="/activity"
        params={params}
        keep={['id']}
        search={{ name: 'q', label: 'Name, verb or detail' }}
        selects={selectsOf(list)}
        fields={[
          { name: 'from', label: 'From', type: 'date' },
          { name: 'to', label: 'To', type: 'date' },
        ]}
        right={
          <div className="flex items-center gap-3">
            {isFiltered(params) ? <ButtonLink href="/activity">Show everything</ButtonLink> : null}
            <a className="link" href={hrefWith('/api/audit', { ...params, page: undefined })} download>
              As CSV
            </a>
          </div>
        }
      />
      {list.rows.length === 0 ? (
        <EmptyState title="Nothing fits" actions={<ButtonLink href="/activity">Show everything</ButtonLink>}>
          No row of the record fits these filters{params.page ? ', or the page is past its end' : ''}.
        </EmptyState>
      ) : (
        <ActivityTable rows={list.rows} />
      )}
      <Pages page={filters.page ?? 1} last={Math.ceil(list.total / pageSize)} params={params} />
      <KeysBar
        keys={[
          { keys: ['J', 'K'], does: 'move' },
          { keys: ['/'], does: 'filter' },
        ]}
      />
    </>
  )
}

function selectsOf({ actors, verbs, objects }: AuditList) {
  const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))
  return [
    { name: 'who', label: 'Who', options: named(actors) },
    { name: 'verb', label: 'What', options: named(verbs) },
    { name: 'object', label: 'Object', options: named(objects) },
    {
      name: 'outcome',
      label: 'Outcome',
      options: auditOutcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome].word })),
    },
    { name: 'since', label: 'When', options: spans.map(({ value, label }) => ({ value, label })) },
  ]
}

function rowsSentence(total: number, isFiltered: boolean): string {
  const rows = `${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}`
  return isFiltered ? `${rows} fit.` : `${rows}, each chained to the one before.`
}

function Pages({ page, last, params }: { page: number; last: number; params: Params }) {
  if (last <= 1 && page === 1) return null
  const href = (to: number) => hrefWith('/activity', { ...params, page: to === 1 ? undefined : String(to) })
  return (
    <nav className="mt-4 flex items-center gap-3" aria-label="Pages">
      {page > 1 ? <ButtonLink href={href(page - 1)}>Newer rows</ButtonLink> : null}
      {page < last ? <ButtonLink href={href(page + 1)}>Older rows</ButtonLink> : null}
      <span className="text-text-2">
        Page {page} of {last}
      </span>
    </nav>
  )
}
