import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { listTags, type TagRow } from '@/lib/inventory/two-people-tags'
import { TwoPeopleButton } from './two-people-button'

export const metadata = { title: 'Tags' }

export default async function TagsPage() {
  const ctx = await pageCtx('edit settings')
  const tags = await listTags(ctx)
  const strict = tags.filter((row) => row.takesTwo).length
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Tags' }]}
        title={`${tags.length} ${tags.length === 1 ? 'tag' : 'tags'}`}
      >
        {strict === 0 ? 'None takes two people.' : `${strict} of them ${strict === 1 ? 'takes' : 'take'} two people.`}{' '}
        Where a tag takes two, who asked for a change of such a host cannot approve it.
      </PageHead>
      {tags.length === 0 ? (
        <EmptyState title="No tag yet">Give a host tags on its Edit page.</EmptyState>
      ) : (
        <DataTable label="Tags" columns={columns} rows={tags} rowId={(row) => row.tag} />
      )}
      <KeysBar keys={[]} />
    </>
  )
}

const columns: readonly Column<TagRow>[] = [
  { id: 'tag', head: 'Tag', cell: (row) => row.tag },
  { id: 'hosts', head: 'Hosts', number: true, cell: (row) => row.hosts },
  { id: 'approval', head: 'Approval', cell: (row) => (row.takesTwo ? 'takes two people' : 'one person') },
  {
    id: 'do',
    head: <span className="sr-only">What can be done</span>,
    number: true,
    cell: (row) => <TwoPeopleButton tag={row.tag} takesTwo={row.takesTwo} />,
  },
]
