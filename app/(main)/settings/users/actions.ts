'use server'

import { action } from '@/lib/action'
import { CancelInviteInput, cancelInvite } from '@/lib/users/cancel-invite'
import { ChangeRoleInput, changeRole } from '@/lib/users/change-role'
import { InviteUserInput, inviteUser } from '@/lib/users/invite-user'
import { MakeResetLinkInput, makeResetLink } from '@/lib/users/make-reset-link'
import { RemoveUserInput, removeUser } from '@/lib/users/remove-user'

export const inviteUserAction = action('manage users', InviteUserInput, inviteUser)
export const cancelInviteAction = action('manage users', CancelInviteInput, cancelInvite)
export const changeRoleAction = action('manage users', ChangeRoleInput, changeRole)
export const makeResetLinkAction = action('manage users', MakeResetLinkInput, makeResetLink)
export const removeUserAction = action('manage users', RemoveUserInput, removeUser)
