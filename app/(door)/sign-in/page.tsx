import { redirect } from 'next/navigation'
import type { Params } from '@/components/table/sort'
import { countUsers } from '@/lib/users/count-users'
import { ownPath } from './own-path'
import { SignInForm } from './sign-in-form'

export const metadata = { title: 'Sign in' }
export const dynamic = 'force-dynamic'

export default async function SignInPage({ searchParams }: { searchParams: Promise<Params> }) {
  if ((await countUsers()) === 0) redirect('/welcome')
  const { next } = await searchParams
  return (
    <>
      <h1>Sign in</h1>
      <SignInForm next={ownPath(next)} />
    </>
  )
}
