import type { MeshProfile } from '../desired'
import type { DaemonFacts } from '../facts/facts'

/** One way to protect a pair, in the words of each daemon. */
export interface Suite {
  id: 'modern' | 'compatible'
  /** "AES-256-GCM, ECP-256" */
  title: string
  /** strongSwan's proposal of the key exchange and of ESP; libreswan's `ike=` and `esp=`. */
  ike: string
  esp: string
  libreswanIke: string
  libreswanEsp: string
  /** Bytes: the cipher's block that the payload is filled up to, its initialization vector, the check value. */
  blockBytes: number
  ivBytes: number
  icvBytes: number
  /** How `swanctl --list-sas` names the ESP cipher: "AES_GCM_16". */
  seenAs: { encryption: string; keyBits: number; integrity: string | null }
}

/**
 * From the strongest to the weakest. RFC 8221: AES-GCM with a 16-byte check value and AES-CBC with HMAC-SHA2-256-128 must
 * be there; RFC 8247: group 14 must, group 19 should. A suite of the key exchange with AEAD names its PRF.
 */
export const suites: readonly Suite[] = [
  {
    id: 'modern',
    title: 'AES-256-GCM with ECP-256',
    ike: 'aes256gcm16-prfsha256-ecp256',
    esp: 'aes256gcm16-ecp256',
    libreswanIke: 'aes_gcm256-sha2_256;dh19',
    libreswanEsp: 'aes_gcm256;dh19',
    blockBytes: 4,
    ivBytes: 8,
    icvBytes: 16,
    seenAs: { encryption: 'AES_GCM_16', keyBits: 256, integrity: null },
  },
  {
    id: 'compatible',
    title: 'AES-256 and HMAC-SHA-256 with MODP-2048',
    ike: 'aes256-sha256-modp2048',
    esp: 'aes256-sha256-modp2048',
    libreswanIke: 'aes256-sha2_256;dh14',
    libreswanEsp: 'aes256-sha2_256;dh14',
    blockBytes: 16,
    ivBytes: 16,
    icvBytes: 16,
    seenAs: { encryption: 'AES_CBC', keyBits: 256, integrity: 'HMAC_SHA2_256_128' },
  },
]

/** The strongest suite that both ends speak. */
export function suiteOf(profile: MeshProfile, ends: readonly (DaemonFacts | null)[]): Suite {
  const isModern = ends.every((daemon) => daemon?.kind === 'swanctl')
  const id = profile === 'modern' || isModern ? 'modern' : 'compatible'
  const found = suites.find((suite) => suite.id === id)
  if (!found) throw new Error(`expected a suite ${id}`)
  return found
}
