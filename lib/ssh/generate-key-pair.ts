import { generateKeyPair as generate, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@/lib/errors'
import { fingerprintOf } from './fingerprint'
import { wireMpint, wireString, wireUint32 } from './wire'

export type KeyPairKind = 'ed25519' | 'rsa-3072'

export interface KeyPair {
  /** Not encrypted: OpenSSH's format (ed25519) or PKCS#1 PEM (RSA). A secret. */
  privateKey: string
  /** The line for `authorized_keys`. */
  publicLine: string
  algorithm: string
  fingerprint: string
}

const generateAsync = promisify(generate)

/**
 * Makes a key pair.
 * @param comment stands behind the public line; plain ASCII text
 * @throws AppError `invalid` for a comment with other characters
 */
export async function generateKeyPair(kind: KeyPairKind, comment: string): Promise<KeyPair> {
  if (!/^[\x20-\x7e]*$/.test(comment)) {
    throw new AppError('invalid', 'expected a comment of printable ASCII, got another', {
      userMessage: "A key's comment is plain text without line breaks.",
      fields: { comment: 'Plain text without line breaks.' },
    })
  }
  if (kind === 'ed25519') {
    const { publicKey, privateKey } = await generateAsync('ed25519')
    return pair('ssh-ed25519', ed25519Blob(publicKey), ed25519File(privateKey, comment), comment)
  }
  const { publicKey, privateKey } = await generateAsync('rsa', { modulusLength: 3072 })
  return pair('ssh-rsa', rsaBlob(publicKey), privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), comment)
}

function pair(algorithm: string, blob: Buffer, privateKey: string, comment: string): KeyPair {
  const publicLine = `${algorithm} ${blob.toString('base64')} ${comment}`.trim()
  return { privateKey, publicLine, algorithm, fingerprint: fingerprintOf(blob) }
}

/** RFC 8709, 4. */
function ed25519Blob(key: KeyObject): Buffer {
  return Buffer.concat([wireString('ssh-ed25519'), wireString(field(key, 'x'))])
}

/** RFC 4253, 6.6. */
function rsaBlob(key: KeyObject): Buffer {
  return Buffer.concat([wireString('ssh-rsa'), wireMpint(field(key, 'e')), wireMpint(field(key, 'n'))])
}

/** The file that OpenSSH writes (its PROTOCOL.key). ssh2's own generator makes one key of 300 that nothing can read. */
function ed25519File(key: KeyObject, comment: string): string {
  const check = randomBytes(4)
  const blob = ed25519Blob(key)
  const open = Buffer.concat([
    check,
    check,
    blob,
    wireString(Buffer.concat([field(key, 'd'), field(key, 'x')])),
    wireString(comment),
  ])
  const padding = Buffer.from(Array.from({ length: (8 - (open.length % 8)) % 8 }, (_, i) => i + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    wireString('none'),
    wireString('none'),
    wireString(''),
    wireUint32(1),
    wireString(blob),
    wireString(Buffer.concat([open, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

function field(key: KeyObject, name: 'x' | 'd' | 'n' | 'e'): Buffer {
  return Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url')
}
