import { existsSync, readFileSync } from 'node:fs'
import { checkServerIdentity, type PeerCertificate, rootCertificates } from 'node:tls'
import type { FailureReason } from './failure'
import type { SqlTls } from './types'

/** What `tls.connect` is told of a server that has to encrypt. */
export interface TlsOptions {
  rejectUnauthorized: boolean
  ca: string | string[]
  checkServerIdentity(name: string, certificate: PeerCertificate): Error | undefined
}

/**
 * How a connection to a server is encrypted; null where it is not. `host` is the name or address that was typed: the one that
 * the certificate must be for, whatever name the driver would take.
 */
export function tlsOptions(tls: SqlTls, host: string): TlsOptions | null {
  if (tls.mode === 'off') return null
  const isChecked = tls.mode === 'checked'
  return {
    rejectUnauthorized: isChecked,
    ca: (isChecked && tls.ca) || systemAuthorities(),
    checkServerIdentity: (_name, certificate) => (isChecked ? checkServerIdentity(host, certificate) : undefined),
  }
}

// Where Debian, Red Hat, SUSE and Alpine keep what the machine trusts; SSL_CERT_FILE is OpenSSL's own word for another place.
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** The certificates that this machine trusts; those that come with Node where it has none. */
function systemAuthorities(): string | string[] {
  const file = [process.env['SSL_CERT_FILE'] ?? '', ...bundles].find((path) => path !== '' && existsSync(path))
  return file === undefined ? [...rootCertificates] : readFileSync(file, 'utf8')
}

// The manual of Node, "X509 certificate error codes", and of OpenSSL, X509_STORE_CTX_get_error(3).
const untrusted = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]

/** What a code of Node's TLS means; null when it is none. */
export function tlsReason(code: unknown): FailureReason | null {
  if (typeof code !== 'string') return null
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') return 'wrong-name'
  if (untrusted.includes(code)) return 'untrusted'
  return /^(EPROTO$|ERR_SSL_|ERR_TLS_)/.test(code) ? 'tls-failed' : null
}
