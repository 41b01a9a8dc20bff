import type { ParsedKey } from 'ssh2'
import { AppError } from '@/lib/errors'
import { fingerprintOf } from './fingerprint'
import { openPrivateKey } from './private-key-cache'
import { wireReader } from './wire'

export interface ParsedPrivateKey {
  /** The line for `authorized_keys`. */
  publicLine: string
  algorithm: string
  fingerprint: string
}

/**
 * Understands a pasted private key.
 * @throws AppError `invalid` whose sentence says what was pasted instead or what is missing
 */
export function parsePrivateKey(text: string, passphrase?: string): ParsedPrivateKey {
  const pasted = text.trim()
  refuseOtherThings(pasted)
  const isEncrypted = isEncryptedKey(pasted)
  if (isEncrypted && !passphrase) {
    throw refused(
      'the key has a passphrase',
      'This key is protected by a passphrase. Give the passphrase, too.',
      'passphrase',
    )
  }
  const key = openPrivateKey(pasted, isEncrypted ? passphrase : undefined)
  if (key instanceof Error || !key.isPrivateKey() || !fitsItself(key)) {
    if (isEncrypted)
      throw refused('the passphrase does not fit', 'The passphrase does not open this key.', 'passphrase')
    throw refused(
      'the key is damaged',
      'This key is damaged or cut off. Paste the whole file, from the line -----BEGIN to the line -----END.',
    )
  }
  const blob = key.getPublicSSH()
  return {
    publicLine: `${key.type} ${blob.toString('base64')} ${key.comment}`.trim(),
    algorithm: key.type,
    fingerprint: fingerprintOf(blob),
  }
}

/** A few changed letters inside a key leave it readable, but its halves no longer belong together. */
function fitsItself(key: ParsedKey): boolean {
  const proof = 'pollux'
  const signature: unknown = key.sign(proof)
  return Buffer.isBuffer(signature) && key.verify(proof, signature) === true
}

function refuseOtherThings(pasted: string): void {
  if (pasted === '') throw refused('nothing', 'Paste the private key, from the line -----BEGIN to the line -----END.')
  if (pasted.startsWith('PuTTY-User-Key-File-')) {
    throw refused(
      'a PuTTY file',
      'This is a PuTTY key. Convert it first: puttygen FILE.ppk -O private-openssh -o FILE, then paste FILE.',
    )
  }
  if (/^(ssh-|ecdsa-|sk-)\S+ \S+|^-{4,5} ?BEGIN (SSH2 |RSA )?PUBLIC KEY/.test(pasted)) {
    throw refused(
      'a public key',
      'This is the public half of a key. Paste the private one: the file of the same name without .pub.',
    )
  }
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(pasted)) {
    throw refused(
      'a PKCS#8 key',
      'This key is in PKCS#8 format. Convert a copy of it first: ssh-keygen -p -f COPY writes it in the format that SSH uses.',
    )
  }
  if (!/^-----BEGIN (OPENSSH|RSA|DSA|EC) PRIVATE KEY-----/.test(pasted)) {
    throw refused(
      'something else',
      'This is not a private key. Its first line would be -----BEGIN OPENSSH PRIVATE KEY-----.',
    )
  }
  if (opensshHeader(pasted)?.algorithm.startsWith('sk-')) {
    throw refused(
      'a key of a security token',
      'This key lives on a security token and works only with the token in hand. Use an Ed25519 or RSA key.',
    )
  }
}

/** The two ways of saying it: OpenSSH's cipher name, and the header lines of old PEM files (RFC 1421). */
function isEncryptedKey(pasted: string): boolean {
  const header = opensshHeader(pasted)
  return header === null ? pasted.includes('Proc-Type: 4,ENCRYPTED') : header.cipher !== 'none'
}

/** The open part of an OpenSSH file (its PROTOCOL.key): how it is encrypted and the type of its key. */
function opensshHeader(pasted: string): { cipher: string; algorithm: string } | null {
  const body = /^-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)/.exec(pasted)?.[1]
  if (body === undefined) return null
  const bytes = Buffer.from(body, 'base64')
  const magic = 'openssh-key-v1\0'
  if (bytes.toString('latin1', 0, magic.length) !== magic) return null
  const reader = wireReader(bytes, magic.length)
  const cipher = reader.string()
  // The key derivation's name and options, and the number of keys, stand in between.
  reader.string()
  reader.string()
  reader.skip(4)
  const blob = reader.string()
  const algorithm = blob === null ? null : wireReader(blob).string()
  return { cipher: cipher?.toString('latin1') ?? 'none', algorithm: algorithm?.toString('latin1') ?? '' }
}

function refused(got: string, userMessage: string, field = 'privateKey'): AppError {
  return new AppError('invalid', `expected a private key that can be opened, got: ${got}`, {
    userMessage,
    fields: { [field]: userMessage },
  })
}
