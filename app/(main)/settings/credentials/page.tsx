import { credentialWords } from '@/app/(main)/hosts/credential-words'
import { ButtonLink } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { pageCtx } from '@/lib/action'
import { type CredentialRow, listCredentials } from '@/lib/inventory/list-credentials'
import { nameList } from '@/lib/inventory/name-list'

export const metadata = { title: 'Credentials' }

/** Every key and password that Pollux logs in with; what they are made of stays sealed. */
export default async function CredentialsPage() {
  const ctx = await pageCtx('use credentials')
  const rows = await listCredentials(ctx)
  const add = (
    <ButtonLink kind="primary" href="/settings/credentials/new">
      Add credential
    </ButtonLink>
  )
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Credentials' }]}
        title="Credentials"
        actions={rows.length > 0 ? add : null}
      >
        What Pollux logs in with. Private keys and passwords are sealed and never shown again.
      </PageHead>
      {rows.length === 0 ? (
        <EmptyState title="No credential yet" actions={add}>
          A credential is a key pair that Pollux makes, a private key that you paste, or a password. Many hosts can
          share one.
        </EmptyState>
      ) : (
        <DataTable
          label="Credentials"
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowHref={(row) => `/settings/credentials/${row.id}`}
        />
      )}
      <KeysBar keys={rowKeyHints} />
    </>
  )
}

const columns: readonly Column<CredentialRow>[] = [
  { id: 'name', head: 'Credential', cell: (row) => row.name },
  { id: 'kind', head: 'Kind', cell: (row) => credentialWords(row) },
  {
    id: 'fingerprint',
    head: 'Fingerprint',
    hideOnPhone: true,
    cell: (row) =>
      row.fingerprint ? <span className="mono">{row.fingerprint}</span> : <span className="text-text-3">none</span>,
  },
  {
    id: 'hosts',
    head: 'Used by',
    cell: (row) =>
      row.hosts.length > 0 ? (
        nameList(row.hosts.map((host) => host.name))
      ) : (
        <span className="text-text-3">no host</span>
      ),
  },
  {
    id: 'made',
    head: 'Made',
    number: true,
    hideOnPhone: true,
    cell: (row) => <RelativeTime at={row.createdAt.getTime()} still />,
  },
]
