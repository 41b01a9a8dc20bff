import { redirect } from 'next/navigation'
import { countUsers } from '@/lib/users/count-users'
import { WelcomeForm } from './welcome-form'

export const metadata = { title: 'Welcome' }
export const dynamic = 'force-dynamic'

export default async function WelcomePage() {
  if ((await countUsers()) > 0) redirect('/sign-in')
  return (
    <>
      <h1>Make the first admin</h1>
      <p className="text-text-2 mb-5">
        You came by the one-time link that Pollux printed when it started. Others are invited from here on.
      </p>
      <WelcomeForm />
    </>
  )
}
