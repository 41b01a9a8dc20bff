import { ButtonLink } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { SectionHead } from '@/components/frame/page-head'
import type { SecondFactorState } from '@/lib/users/second-factor-state'
import { SecondFactorForms } from './second-factor-forms'

/** One's own second factor: how it stands, new recovery codes, and its end. */
export function SecondFactorSection({ state: { since, codesLeft, isRequired } }: { state: SecondFactorState }) {
  return (
    <>
      <SectionHead title="Second factor" ruled />
      {since ? (
        <>
          <p className="mb-3 max-w-text">
            Your sign-in asks for a code of your app, since <RelativeTime at={since.getTime()} />.{' '}
            {codesLeft === 1 ? 'One recovery code is' : `${codesLeft} recovery codes are`} left.
          </p>
          <SecondFactorForms isRequired={isRequired} />
        </>
      ) : (
        <>
          <p className="mb-3 max-w-text text-text-2">
            Your password alone signs in. With a second factor a code of an authenticator app is asked for too.
          </p>
          <ButtonLink href="/second-factor">Set up a second factor</ButtonLink>
        </>
      )}
    </>
  )
}
