import { createHash } from 'node:crypto'
import { Secret } from 'otpauth'
import type { Tx } from '@/lib/db'

const count = 10

/**
 * Gives a person new recovery codes in place of all earlier ones: 80 random bits each, written in fours. Their hashes
 * alone are kept.
 */
export async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, newCode)
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ codeHash: hashOf(userId, code), userId })) })
  return codes
}

/** Uses up a recovery code. Of two at the same time one wins; false for an unknown or used one. */
export async function takeRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const taken = await tx.recoveryCode.updateMany({
    where: { codeHash: hashOf(userId, code), userId, usedAt: null },
    data: { usedAt: new Date() },
  })
  return taken.count === 1
}

function newCode(): string {
  return (new Secret({ size: 10 }).base32.toLowerCase().match(/.{4}/g) ?? []).join('-')
}

// Typed with or without its hyphens, in either case.
function hashOf(userId: string, code: string): string {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  return createHash('sha256').update(`${userId} ${plain}`).digest('hex')
}
