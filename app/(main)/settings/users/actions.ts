'use server'

import { action } from '@/lib/action'
import { CancelInviteInput, cancelInvite } from '@/lib/users/cancel-invite'
import { ChangeRoleInput, changeRole } from '@/lib/users/change-role'
import { EndSessionsInput, endSessions } from '@/lib/users/end-sessions'
import { InviteUserInput, inviteUser } from '@/lib/users/invite-user'
import { MakeResetLinkInput, makeResetLink } from '@/lib/users/make-reset-link'
import { RemoveUserInput, removeUser } from '@/lib/users/remove-user'
import { RequireSecondFactorInput, requireSecondFactor } from '@/lib/users/require-second-factor'
import { SetHostTagsInput, setHostTags } from '@/lib/users/set-host-tags'
import { TakeSecondFactorInput, takeSecondFactor } from '@/lib/users/take-second-factor'

export const inviteUserAction = action('manage users', InviteUserInput, inviteUser)
export const cancelInviteAction = action('manage users', CancelInviteInput, cancelInvite)
export const changeRoleAction = action('manage users', ChangeRoleInput, changeRole)
export const makeResetLinkAction = action('manage users', MakeResetLinkInput, makeResetLink)
export const removeUserAction = action('manage users', RemoveUserInput, removeUser)
export const endSessionsAction = action('manage users', EndSessionsInput, endSessions)
export const takeSecondFactorAction = action('manage users', TakeSecondFactorInput, takeSecondFactor)
export const requireSecondFactorAction = action('manage users', RequireSecondFactorInput, requireSecondFactor)
export const setHostTagsAction = action('manage users', SetHostTagsInput, setHostTags)
