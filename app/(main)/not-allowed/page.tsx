import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { findRight, lowestRoleOf } from '@/lib/auth/rights'

export const metadata = { title: 'Not for your role' }

export default async function NotAllowedPage({ searchParams }: { searchParams: Promise<{ right?: string }> }) {
  const ctx = await pageCtx()
  const right = findRight((await searchParams).right ?? '')
  return (
    <>
      <PageHead title="This page is not for your role">
        {right ? `It needs the right to ${right}, which takes the role ${lowestRoleOf(right)}. ` : ''}
        You are {ctx.actor.role}. An admin can change that under Settings, Users.
      </PageHead>
      <p>
        <LinkText href="/">Go to Home</LinkText>
      </p>
      <KeysBar keys={[{ keys: ['G', 'O'], does: 'home' }]} />
    </>
  )
}
