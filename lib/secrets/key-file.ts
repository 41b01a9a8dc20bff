import { hkdfSync } from 'node:crypto'
import { AppError } from '@/lib/errors'

/** A sealing key from its file's text: 32 bytes in base64. Throws AppError `internal`. */
export function parseSealingKey(text: string, file: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new AppError('internal', `expected 32 bytes in ${file}, got ${key.length}`)
  return key
}

/** The text of a sealing key's file. */
export function printSealingKey(key: Buffer): string {
  return `${key.toString('base64')}\n`
}

/** A name that tells sealing keys apart and nothing of them: backup and key file carry it. */
export function keyIdOf(key: Buffer): string {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'pollux key id', 8)).toString('hex')
}

/** What keys are derived from the sealing key for. */
export const keyPurposes = ['seal', 'audit', 'digest', 'session'] as const
export type KeyPurpose = (typeof keyPurposes)[number]
