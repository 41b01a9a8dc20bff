import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { NewCredentialForm } from './new-credential-form'

export const metadata = { title: 'Add credential' }

/** A key pair made here, a pasted key, or a password. */
export default async function NewCredentialPage() {
  await pageCtx('use credentials')
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Credentials', href: '/settings/credentials' },
          { label: 'Add' },
        ]}
        title="Add credential"
      />
      <NewCredentialForm />
      <KeysBar keys={[]} />
    </>
  )
}
