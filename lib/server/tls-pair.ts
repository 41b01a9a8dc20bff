import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { AppError } from '@/lib/errors'

/** A certificate and its key, as they were read and found to fit. */
export interface TlsPair {
  /** PEM, with the certificates between it and its root. */
  cert: string
  key: string
  /** DNS names and addresses, as the certificate has them. */
  names: string[]
  issuer: string
  validFrom: Date
  validTo: Date
  /** SHA-256, as browsers show it. */
  fingerprint: string
}

/**
 * Reads a certificate and its private key (PEM both). Throws AppError `invalid` with a sentence for the person: a file that
 * can't be read, that holds something else, a key with a passphrase, one that everybody can read, one of another
 * certificate, a certificate that is not valid now, or a pair that TLS does not take.
 */
export function readTlsPair(certFile: string, keyFile: string, now = new Date()): TlsPair {
  const cert = readPem(certFile, 'certificate')
  const x509 = parseCertificate(certFile, cert)
  const key = readPem(keyFile, 'private key')
  const privateKey = parseKey(keyFile, key)
  if (!x509.checkPrivateKey(privateKey))
    throw unfit(`The private key ${keyFile} does not belong to the certificate ${certFile}.`)
  const [validFrom, validTo] = [new Date(x509.validFrom), new Date(x509.validTo)]
  const clock = `; the clock says ${now.toISOString().slice(0, 16)}Z`
  if (validTo < now) throw unfit(`The certificate ${certFile} expired on ${dayOf(validTo)}${clock}.`)
  if (validFrom > now) throw unfit(`The certificate ${certFile} is not valid before ${dayOf(validFrom)}${clock}.`)
  try {
    createSecureContext({ cert, key })
  } catch (cause) {
    throw unfit(`TLS does not take the certificate ${certFile} with its key (${reasonOf(cause)}).`, cause)
  }
  const names = (x509.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''))
  const issuer = x509.issuer.replaceAll('\n', ', ')
  return { cert, key, names, issuer, validFrom, validTo, fingerprint: x509.fingerprint256 }
}

function readPem(file: string, what: string): string {
  try {
    if (what === 'private key' && (statSync(file).mode & 0o007) !== 0)
      throw unfit(`Everybody on this machine can read the private key ${file}. Run: chmod o-rwx ${file}`)
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw unfit(`The ${what} ${file} can't be read (${reasonOf(cause)}).`, cause)
  }
}

function parseCertificate(file: string, pem: string): X509Certificate {
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw unfit(
      pem.includes('PRIVATE KEY-----')
        ? `${file} holds a private key where the certificate was expected. Are POLLUX_TLS_CERT and POLLUX_TLS_KEY swapped?`
        : `${file} holds no certificate: expected a file that begins with -----BEGIN CERTIFICATE----- (PEM).`,
    )
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    throw unfit(`The certificate in ${file} can't be understood (${reasonOf(cause)}).`, cause)
  }
}

function parseKey(file: string, pem: string) {
  if (!pem.includes('PRIVATE KEY-----'))
    throw unfit(`${file} holds no private key: expected a file that begins with -----BEGIN PRIVATE KEY----- (PEM).`)
  if (/ENCRYPTED/.test(pem))
    throw unfit(
      `The private key ${file} is protected by a passphrase. Give Pollux one without, readable by its user only.`,
    )
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw unfit(`The private key in ${file} can't be understood (${reasonOf(cause)}).`, cause)
  }
}

function unfit(sentence: string, cause?: unknown): AppError {
  return new AppError('invalid', sentence, { cause, userMessage: sentence })
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'there is no such file',
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return ('code' in cause && reasons[String(cause.code)]) || cause.message
}
