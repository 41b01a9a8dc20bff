import { signOutAction } from '@/app/(main)/sign-out'
import { SubmitButton } from '@/components/base/submit-button'
import { signedInCtx } from '@/lib/action'
import { ownSecondFactor } from '@/lib/users/second-factor-state'
import { SetUp } from './set-up'

export const metadata = { title: 'Second factor' }

/** Where a second factor is set up; the one page for who must have one and has none. */
export default async function SecondFactorPage() {
  const { ctx, mustSetUp } = await signedInCtx()
  const { since } = await ownSecondFactor(ctx)
  return (
    <>
      <h1>Your second factor</h1>
      <p className="text-text-2 mb-5">
        {mustSetUp ? 'An admin asks everybody for one before anything else. ' : null}
        With it, your password alone signs nobody in: a code that your authenticator app shows is asked for too.
      </p>
      <SetUp isSetUp={since !== null} />
      {mustSetUp ? (
        <form action={signOutAction} className="mt-8">
          <SubmitButton kind="quiet">Sign out</SubmitButton>
        </form>
      ) : null}
    </>
  )
}
