'use server'

import { action } from '@/lib/action'
import { ChangeOwnPasswordInput, changeOwnPassword } from '@/lib/users/change-own-password'
import { RenameSelfInput, renameSelf } from '@/lib/users/rename-self'
import { RevokeSessionInput, revokeSession } from '@/lib/users/revoke-session'

export const renameSelfAction = action(RenameSelfInput, renameSelf)
export const changeOwnPasswordAction = action(ChangeOwnPasswordInput, changeOwnPassword)
export const revokeSessionAction = action(RevokeSessionInput, revokeSession)
