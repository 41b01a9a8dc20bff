import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { credentialChoices } from '../credential-choices'
import { ManyHosts } from './many-hosts'

export const metadata = { title: 'Add many hosts' }

/** A pasted list, one table of keys, one confirmation. */
export default async function ManyHostsPage() {
  const ctx = await pageCtx('edit host identity')
  const [credentials, hosts] = await Promise.all([credentialChoices(ctx), listHostChoices(ctx)])
  return (
    <>
      <PageHead crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: 'Add many' }]} title="Add many hosts">
        Paste a list; Pollux asks each host for its keys, and you confirm them in one table.
      </PageHead>
      <ManyHosts credentials={credentials} hosts={hosts} />
      <KeysBar keys={[]} />
    </>
  )
}
