import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { listCredentials } from '@/lib/inventory/list-credentials'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { credentialWords } from '../credential-words'
import { NewHostForm } from './new-host-form'

export const metadata = { title: 'Add host' }

/** One form, then the host's key, then a test. */
export default async function NewHostPage() {
  const ctx = await pageCtx('edit host identity')
  const [credentials, hosts] = await Promise.all([listCredentials(ctx), listHostChoices(ctx)])
  return (
    <>
      <PageHead crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: 'Add host' }]} title="Add host">
        Nothing is sent to the host before you have compared its key.
      </PageHead>
      <NewHostForm
        credentials={credentials.map((credential) => ({
          id: credential.id,
          name: credential.name,
          what: credentialWords(credential),
        }))}
        hosts={hosts}
      />
      <KeysBar keys={[]} />
    </>
  )
}
