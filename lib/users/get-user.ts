import type { Tx } from '@/lib/db'
import { AppError } from '@/lib/errors'

/** A user in the caller's unit of work. Throws AppError `not-found`. */
export async function getUser(tx: Tx, userId: string) {
  const user = await tx.user.findUnique({
    where: { id: userId },
    select: { id: true, name: true, email: true, role: true },
  })
  if (user) return user
  throw new AppError('not-found', `expected user ${userId}, found none`, {
    userMessage: 'This user is not there any more. Look at the list again.',
  })
}
