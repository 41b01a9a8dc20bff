import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { EmptyState } from '@/components/show/empty-state'
import { pageCtx } from '@/lib/action'
import { listOwnApiTokens } from '@/lib/users/list-api-tokens'
import { TokenForm } from './token-form'
import { TokensTable } from './tokens-table'

export const metadata = { title: 'API tokens' }

/** One's own API tokens, and the way to another. */
export default async function TokensPage() {
  const ctx = await pageCtx()
  const tokens = await listOwnApiTokens(ctx)
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'API tokens' }]}
        title={titleOf(tokens.length)}
      >
        A program shows one at <code>/api/v1/</code> and does there what you may do here; it stands in the record under
        your name.{' '}
        <a className="link" href="/api/v1/openapi.json">
          The API’s description
        </a>
      </PageHead>
      {tokens.length === 0 ? (
        <EmptyState title="No token yet">Make one below for each program, so that each can be ended alone.</EmptyState>
      ) : (
        <TokensTable tokens={tokens} />
      )}
      <section className="mt-8">
        <SectionHead title="Make a token" ruled />
        <TokenForm role={ctx.actor.role} />
      </section>
      <KeysBar keys={[]} />
    </>
  )
}

function titleOf(count: number): string {
  if (count === 0) return 'API tokens'
  return count === 1 ? '1 API token' : `${count} API tokens`
}
