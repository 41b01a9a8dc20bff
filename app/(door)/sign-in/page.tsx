import { redirect } from 'next/navigation'
import { countUsers } from '@/lib/users/count-users'
import { SignInForm } from './sign-in-form'

export const metadata = { title: 'Sign in' }
export const dynamic = 'force-dynamic'

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  if ((await countUsers()) === 0) redirect('/welcome')
  const { next } = await searchParams
  return (
    <>
      <h1>Sign in</h1>
      <SignInForm next={ownPath(next)} />
    </>
  )
}

/** A path of this Pollux, whatever the address asks for: nobody is led elsewhere from here. */
function ownPath(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/'
}
