'use client'

import { Opened } from '@/components/form/opened'
import { NewCodesForm } from './new-codes-form'
import { TurnOffForm } from './turn-off-form'

/** What one can do with the second factor that one has; each behind its title. */
export function SecondFactorForms({ isRequired }: { isRequired: boolean }) {
  return (
    <>
      <Opened title="New recovery codes">{() => <NewCodesForm />}</Opened>
      <Opened title="Turn it off">{() => <TurnOffForm isRequired={isRequired} />}</Opened>
    </>
  )
}
