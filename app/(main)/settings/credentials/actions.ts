'use server'

import { action } from '@/lib/action'
import { RemoveCredentialInput, removeCredential } from '@/lib/inventory/remove-credential'
import { RenameCredentialInput, renameCredential } from '@/lib/inventory/rename-credential'

export const renameCredentialAction = action('use credentials', RenameCredentialInput, renameCredential)
export const removeCredentialAction = action('use credentials', RemoveCredentialInput, removeCredential)
