import { ResetForm } from './reset-form'

export const metadata = { title: 'New password' }

export default function ResetPage() {
  return (
    <>
      <h1>Choose a new password</h1>
      <p className="text-text-2 mb-5">Every session and API token of yours ends with it.</p>
      <ResetForm />
    </>
  )
}
