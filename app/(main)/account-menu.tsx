import { SubmitButton } from '@/components/base/submit-button'
import { ThemeChoice } from '@/components/frame/theme'
import { signOutAction } from './sign-out'

/** What opens under one's name: the theme, and the way out. */
export function AccountMenu() {
  return (
    <div className="grid gap-3">
      <ThemeChoice />
      <form action={signOutAction}>
        <SubmitButton sm>Sign out</SubmitButton>
      </form>
    </div>
  )
}
