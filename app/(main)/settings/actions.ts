'use server'

import { action } from '@/lib/action'
import { ChangeOwnPasswordInput, changeOwnPassword } from '@/lib/users/change-own-password'
import { RenameSelfInput, renameSelf } from '@/lib/users/rename-self'
import { RevokeSessionInput, revokeSession } from '@/lib/users/revoke-session'

export const renameSelfAction = action('own account', RenameSelfInput, renameSelf)
export const changeOwnPasswordAction = action('own account', ChangeOwnPasswordInput, changeOwnPassword)
export const revokeSessionAction = action('own account', RevokeSessionInput, revokeSession)
