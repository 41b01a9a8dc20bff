import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { keyIdOf } from '@/lib/secrets/key-file'
import { giveToOwner, syncPath, writeNew } from './files'
import { manifestName } from './manifest'

const format = 'pollux sealing key'

/** OWASP, "Password Storage Cheat Sheet": scrypt with N = 2^17, r = 8, p = 1. That takes 128 MiB and half a second. */
const cost = { N: 2 ** 17, r: 8, p: 1 }

const Bytes = (length: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === length)

const WrappedKey = z.object({
  format: z.literal(format),
  formatVersion: z.literal(1),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  madeAt: z.iso.datetime(),
  // The cost is fixed: a file that somebody made must not choose how much memory opening it takes.
  kdf: z.literal('scrypt 2^17 8 1'),
  cipher: z.literal('aes-256-gcm'),
  salt: Bytes(16),
  nonce: Bytes(12),
  tag: Bytes(16),
  sealed: Bytes(32),
})

/**
 * Writes the sealing key into a new file, wrapped by a passphrase: scrypt, then AES-256-GCM with the rest of the file bound in.
 * Throws AppError `invalid` where the file is there already, or would lie beside a backup of the store.
 */
export async function writeWrappedKey(file: string, key: Buffer, passphrase: string): Promise<void> {
  if (existsSync(file)) refuse(`${file} is there already. Name a new file: an older key may still be needed.`)
  const beside = backupIn(dirname(file))
  if (beside !== null)
    refuse(
      `${beside} is a backup of the store. Keep the sealing key in another place: whoever finds both, and the passphrase, has every secret.`,
    )
  const head = {
    format,
    formatVersion: 1,
    keyId: keyIdOf(key),
    madeAt: new Date().toISOString(),
    kdf: 'scrypt 2^17 8 1',
    cipher: 'aes-256-gcm',
    salt: randomBytes(16).toString('base64'),
    nonce: randomBytes(12).toString('base64'),
  }
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, head.salt), Buffer.from(head.nonce, 'base64'))
  cipher.setAAD(Buffer.from(JSON.stringify(head)))
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]).toString('base64')
  const wrapped = { ...head, tag: cipher.getAuthTag().toString('base64'), sealed }
  writeNew(file, `${JSON.stringify(wrapped, null, 2)}\n`)
  giveToOwner(file)
  syncPath(dirname(file))
}

/** Whether a file's text is a wrapped key, and the name of the key in it. */
export function wrappedKeyId(text: string): string | null {
  try {
    return WrappedKey.parse(JSON.parse(text)).keyId
  } catch {
    return null
  }
}

/** Opens a wrapped key. Throws AppError `invalid` where the passphrase is not the one, or the file was changed. */
export async function openWrappedKey(text: string, passphrase: string): Promise<Buffer> {
  const raw = JSON.parse(text) as Record<string, unknown>
  const { tag, sealed, nonce } = WrappedKey.parse(raw)
  const { tag: _tag, sealed: _sealed, ...head } = raw
  const decipher = createDecipheriv('aes-256-gcm', await stretch(passphrase, String(raw['salt'])), nonce)
  decipher.setAAD(Buffer.from(JSON.stringify(head)))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch (cause) {
    throw new AppError('invalid', 'could not open the wrapped key', {
      cause,
      userMessage: 'This passphrase does not open the key file, or the file was changed.',
    })
  }
}

/** The file in a folder that holds a sealing key, plain or wrapped; null where there is none. */
export function holdsWrappedKey(folder: string): string | null {
  if (!existsSync(folder)) return null
  const found = readdirSync(folder, { withFileTypes: true }).find((entry) => {
    if (!entry.isFile()) return false
    return entry.name === 'sealing.key' || headOf(join(folder, entry.name)).includes(`"format": "${format}"`)
  })
  return found ? join(folder, found.name) : null
}

function headOf(file: string): string {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch {
    return ''
  }
  try {
    const head = Buffer.alloc(200)
    return head.toString('utf8', 0, readSync(fd, head, 0, head.length, 0))
  } finally {
    closeSync(fd)
  }
}

function backupIn(folder: string): string | null {
  if (!existsSync(folder)) refuse(`The folder ${folder} is not there. Make it, or name another.`)
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const folders = [folder, ...below.map((entry) => join(folder, entry.name))]
  return folders.find((each) => existsSync(join(each, manifestName))) ?? null
}

async function stretch(passphrase: string, salt: string): Promise<Buffer> {
  const derive = promisify<string, Buffer, number, typeof cost & { maxmem: number }, Buffer>(scrypt)
  return derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { ...cost, maxmem: 256 * 2 ** 20 })
}

function refuse(sentence: string): never {
  throw new AppError('invalid', 'expected a place of its own for the key', { userMessage: sentence })
}
