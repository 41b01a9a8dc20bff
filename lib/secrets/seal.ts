import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'
import type { KeyPurpose } from './key-file'
import { sealingKey } from './sealing-key'

/** Where a sealed value stands. It is bound in, so that a value copied to another row or field does not open. */
export interface SealPlace {
  table: string
  row: string
  field: string
}

const version = 1

/** Seals a text with AES-256-GCM: version byte, 12-byte nonce, 16-byte tag, ciphertext (NIST SP 800-38D). */
export function seal(text: string, place: SealPlace): Uint8Array<ArrayBuffer> {
  return sealUnder(derived('seal'), text, place)
}

/** The same with a key that is not this process's own. */
export function sealWith(key: Buffer, text: string, place: SealPlace): Uint8Array<ArrayBuffer> {
  return sealUnder(derivedFrom(key, 'seal'), text, place)
}

function sealUnder(key: Buffer, text: string, place: SealPlace): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(aad(place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body]))
}

/** Opens a sealed text. Throws AppError `internal` when key, place or bytes do not fit: decryption that fails stops. */
export function unseal(sealed: Uint8Array, place: SealPlace): string {
  return unsealUnder(derived('seal'), sealed, place)
}

/** The same with a key that is not this process's own. */
export function unsealWith(key: Buffer, sealed: Uint8Array, place: SealPlace): string {
  return unsealUnder(derivedFrom(key, 'seal'), sealed, place)
}

function unsealUnder(key: Buffer, sealed: Uint8Array, place: SealPlace): string {
  const bytes = Buffer.from(sealed)
  try {
    if (bytes[0] !== version) throw new Error(`expected version ${version}, got ${bytes[0]}`)
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13))
    decipher.setAAD(aad(place))
    decipher.setAuthTag(bytes.subarray(13, 29))
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('internal', `could not open ${place.table}/${place.row}/${place.field}`, {
      cause,
      userMessage:
        'A stored secret could not be opened: the sealing key does not fit this store. Put back the key file that belongs to it.',
    })
  }
}

/** The key of the audit chain. */
export function auditKey(): Buffer {
  return derived('audit')
}

/** The key of the audit chain that belongs to a sealing key. */
export function auditKeyOf(key: Buffer): Buffer {
  return derivedFrom(key, 'audit')
}

/** The key that turns secrets into what a digest may carry. */
export function digestKey(): Buffer {
  return derived('digest')
}

/** A secret for the session cookies' signature, as text. */
export function sessionSecret(): string {
  return derived('session').toString('base64')
}

function derived(purpose: KeyPurpose): Buffer {
  return single(`key-${purpose}`, () => derivedFrom(sealingKey(), purpose))
}

function derivedFrom(key: Buffer, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `pollux ${purpose}`, 32))
}

function aad(place: SealPlace): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.row, place.field]))
}
