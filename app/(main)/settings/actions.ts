'use server'

import { action } from '@/lib/action'
import { ChangeOwnPasswordInput, changeOwnPassword } from '@/lib/users/change-own-password'
import { MakeRecoveryCodesInput, makeRecoveryCodes } from '@/lib/users/make-recovery-codes'
import { RenameSelfInput, renameSelf } from '@/lib/users/rename-self'
import { RevokeSessionInput, revokeSession } from '@/lib/users/revoke-session'
import { TurnOffSecondFactorInput, turnOffSecondFactor } from '@/lib/users/turn-off-second-factor'

export const renameSelfAction = action('own account', RenameSelfInput, renameSelf)
export const changeOwnPasswordAction = action('own account', ChangeOwnPasswordInput, changeOwnPassword)
export const revokeSessionAction = action('own account', RevokeSessionInput, revokeSession)
export const makeRecoveryCodesAction = action('own account', MakeRecoveryCodesInput, makeRecoveryCodes)
export const turnOffSecondFactorAction = action('own account', TurnOffSecondFactorInput, turnOffSecondFactor)
