import { createPublicKey, type KeyObject } from 'node:crypto'

/**
 * A public RSA key as libreswan's `leftrsasigkey=0s…` takes it: base64 of RFC 3110, 2 (one byte with the exponent's length, or
 * a zero and two; the exponent; the modulus). Null for what is no public RSA key in PEM.
 */
export function toRfc3110(pem: string): string | null {
  const key = keyOf(() => createPublicKey({ key: pem, format: 'pem' }))
  if (key?.asymmetricKeyType !== 'rsa') return null
  const { n, e } = key.export({ format: 'jwk' })
  if (n === undefined || e === undefined) return null
  const [modulus, exponent] = [Buffer.from(n, 'base64url'), Buffer.from(e, 'base64url')]
  const length = exponent.length
  const front = length < 256 ? [length] : [0, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(front), exponent, modulus]).toString('base64')
}

/** The key in PEM (SPKI) of such a text, with or without `0s` in front; null for what is none. */
export function fromRfc3110(text: string): string | null {
  const base64 = text.replace(/^0s/, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  const isShort = bytes[0] !== 0
  const from = isShort ? 1 : 3
  const length = isShort ? (bytes[0] ?? 0) : bytes.length < 3 ? 0 : bytes.readUInt16BE(1)
  const [exponent, modulus] = [bytes.subarray(from, from + length), bytes.subarray(from + length)]
  if (length === 0 || exponent.length < length || modulus.length === 0) return null
  const jwk = { kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') }
  return (
    keyOf(() => createPublicKey({ key: jwk, format: 'jwk' }))
      ?.export({ type: 'spki', format: 'pem' })
      .toString() ?? null
  )
}

/** OpenSSL throws at what is no key. */
function keyOf(make: () => KeyObject): KeyObject | null {
  try {
    return make()
  } catch {
    return null
  }
}
