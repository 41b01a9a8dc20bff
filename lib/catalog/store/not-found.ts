import { AppError } from '@/lib/errors'

export function catalogNotFound(catalogId: string): AppError {
  return new AppError('not-found', `expected the catalog ${catalogId}, got none`, {
    userMessage: 'There is no such catalog. It may have been removed.',
  })
}
