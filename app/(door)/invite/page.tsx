import { InviteForm } from './invite-form'

export const metadata = { title: 'Invitation' }

export default function InvitePage() {
  return (
    <>
      <h1>You are invited</h1>
      <p className="text-text-2 mb-5">
        Your address and your role are in the invitation. Choose a name and a password.
      </p>
      <InviteForm />
    </>
  )
}
