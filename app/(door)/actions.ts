'use server'

import { openAction } from '@/lib/action'
import { SignInInput, signIn } from '@/lib/auth/sign-in'
import {
  acceptInvite,
  createFirstAdmin,
  FirstAdminInput,
  InvitedInput,
  ResetInput,
  resetPassword,
} from '@/lib/users/sign-up'

export const signInAction = openAction(SignInInput, signIn)
export const createFirstAdminAction = openAction(FirstAdminInput, createFirstAdmin)
export const acceptInviteAction = openAction(InvitedInput, acceptInvite)
export const resetPasswordAction = openAction(ResetInput, resetPassword)
