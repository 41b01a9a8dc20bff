import type {
  Algorithms,
  CipherAlgorithm,
  CompressionAlgorithm,
  KexAlgorithm,
  MacAlgorithm,
  ServerHostKeyAlgorithm,
} from 'ssh2'
import type { PinnedKey, SshProfile } from './types'

/** What one side offers, by kind, best first. */
export interface OfferLists {
  kex: KexAlgorithm[]
  serverHostKey: ServerHostKeyAlgorithm[]
  cipher: CipherAlgorithm[]
  hmac: MacAlgorithm[]
  compress: CompressionAlgorithm[]
}

// The client's order wins: cheapest handshake first. AES-GCM runs in the CPU's own instructions and needs no MAC.
const modern: OfferLists = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group-exchange-sha256',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'chacha20-poly1305@openssh.com',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
}

// Appended to the modern lists. group14 before group exchange: an old NAS takes long to find a group of its own.
// Blowfish, CAST and RC4 are left out because OpenSSL 3 no longer has them.
const legacyOnly: OfferLists = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1', 'diffie-hellman-group1-sha1'],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes128-cbc', 'aes256-cbc', 'aes192-cbc', '3des-cbc'],
  hmac: ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-md5'],
  compress: [],
}

const legacy: OfferLists = {
  kex: [...modern.kex, ...legacyOnly.kex],
  serverHostKey: [...modern.serverHostKey, ...legacyOnly.serverHostKey],
  cipher: [...modern.cipher, ...legacyOnly.cipher],
  hmac: [...modern.hmac, ...legacyOnly.hmac],
  compress: [...modern.compress, ...legacyOnly.compress],
}

/** All that the profile offers. */
export function profileLists(profile: SshProfile): OfferLists {
  return profile === 'modern' ? modern : legacy
}

/** The type of key behind a host key algorithm: `rsa-sha2-512` signs with an `ssh-rsa` key (RFC 8332). */
export function keyTypeOf(hostKeyAlgorithm: string): string {
  return hostKeyAlgorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : hostKeyAlgorithm
}

/** The algorithms that show a key of one of these types, in the profile's order: ed25519 comes first. */
export function hostKeyAlgorithms(profile: SshProfile, types: ReadonlySet<string>): ServerHostKeyAlgorithm[] {
  return profileLists(profile).serverHostKey.filter((name) => types.has(keyTypeOf(name)))
}

/** As `hostKeyAlgorithms`, for the types of the pinned keys. */
export function pinnedAlgorithms(profile: SshProfile, keys: readonly PinnedKey[]): ServerHostKeyAlgorithm[] {
  return hostKeyAlgorithms(profile, new Set(keys.map((key) => key.algorithm)))
}

/** The offer of a connection. `serverHostKey` must not be empty: ssh2 would put its own list in its place. */
export function offerFor(profile: SshProfile, serverHostKey: ServerHostKeyAlgorithm[]): Algorithms {
  return { ...profileLists(profile), serverHostKey }
}
