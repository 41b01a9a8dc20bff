import { notFound } from 'next/navigation'
import { CopyLine } from '@/app/(main)/hosts/copy-line'
import { credentialWords } from '@/app/(main)/hosts/credential-words'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { KeyValue } from '@/components/show/facts-line'
import { pageCtx } from '@/lib/action'
import type { Ctx } from '@/lib/auth/actor'
import { isAppError } from '@/lib/errors'
import { getCredential } from '@/lib/inventory/get-credential'
import type { CredentialRow } from '@/lib/inventory/list-credentials'
import { RemoveCredential } from './remove-credential'
import { RenameForm } from './rename-form'

export const metadata = { title: 'Credential' }

/** What may be known of a credential: its public half, who uses it. */
export default async function CredentialPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx('use credentials')
  const credential = await credentialOr404(ctx, (await params).id)
  const { publicLine, installCommand } = credential
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Settings', href: '/settings' },
          { label: 'Credentials', href: '/settings/credentials' },
          { label: credential.name },
        ]}
        title={credential.name}
      >
        {credentialWords(credential)}, made <RelativeTime at={credential.createdAt.getTime()} />.
      </PageHead>
      <KeyValue facts={factsOf(credential)} />
      {publicLine && installCommand ? (
        <section className="mt-8 max-w-text">
          <SectionHead title="Public line" ruled />
          <CopyLine text={publicLine} label="the public line" />
          <p className="mt-3 mb-1 text-text-2">This command, run on a host as the login, puts it there:</p>
          <CopyLine text={installCommand} label="the command" />
        </section>
      ) : null}
      <section className="mt-8">
        <SectionHead title="Its name" ruled />
        <RenameForm credentialId={credential.id} name={credential.name} />
      </section>
      <section className="mt-8">
        <SectionHead title="Remove" ruled />
        <RemoveCredential credential={credential} />
      </section>
      <KeysBar keys={[]} />
    </>
  )
}

function factsOf({ fingerprint, hosts }: CredentialRow) {
  const links = hosts.map((host, index) => (
    <span key={host.id}>
      {index > 0 ? ', ' : ''}
      <LinkText href={`/hosts/${host.id}`}>{host.name}</LinkText>
    </span>
  ))
  return [
    ...(fingerprint ? [{ label: 'Fingerprint', value: <span className="mono break-all">{fingerprint}</span> }] : []),
    { label: 'Used by', value: hosts.length > 0 ? links : 'no host' },
  ]
}

async function credentialOr404(ctx: Ctx, id: string): Promise<CredentialRow> {
  try {
    return await getCredential(ctx, id)
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') notFound()
    throw error
  }
}
