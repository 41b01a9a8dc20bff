import { AppError } from '@/lib/errors'

export function hostNotFound(hostId: string): AppError {
  return new AppError('not-found', `expected a host ${hostId}, found none`, {
    userMessage: 'This host is not in the inventory. It may have been removed.',
  })
}

export function credentialNotFound(credentialId: string): AppError {
  return new AppError('not-found', `expected a credential ${credentialId}, found none`, {
    userMessage: 'This credential does not exist. It may have been removed.',
  })
}
