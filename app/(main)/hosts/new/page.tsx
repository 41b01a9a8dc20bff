import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { credentialChoices } from '../credential-choices'
import { NewHostForm } from './new-host-form'

export const metadata = { title: 'Add host' }

/** One form, then the host's key, then a test. */
export default async function NewHostPage() {
  const ctx = await pageCtx('edit host identity')
  const [credentials, hosts] = await Promise.all([credentialChoices(ctx), listHostChoices(ctx)])
  return (
    <>
      <PageHead crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: 'Add host' }]} title="Add host">
        Nothing is sent to the host before you have compared its key.
      </PageHead>
      <NewHostForm credentials={credentials} hosts={hosts} />
      <KeysBar keys={[]} />
    </>
  )
}
