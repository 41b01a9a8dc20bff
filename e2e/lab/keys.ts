import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOST_KEYS_DIR, KEYS_DIR } from './paths'
import { must } from './run'

export type KeyType = 'ed25519' | 'rsa' | 'ecdsa'

export interface HostKey {
  type: KeyType
  /** The public line, as in known_hosts without the name: "ssh-ed25519 AAAA…". */
  line: string
  /** "SHA256:…", as ssh-keygen -l prints it. */
  fingerprint: string
}

/** The key pairs that open every host of the lab. Private files are 0600 (ssh-keygen makes them so). */
export const LAB_KEY = { ed25519: join(KEYS_DIR, 'id_ed25519'), rsa: join(KEYS_DIR, 'id_rsa') }

/** Makes the lab's own key pairs unless they exist. */
export async function ensureLabKeys(): Promise<void> {
  mkdirSync(KEYS_DIR, { recursive: true, mode: 0o700 })
  await Promise.all([makeKey('ed25519', LAB_KEY.ed25519, 'pollux-lab'), makeKey('rsa', LAB_KEY.rsa, 'pollux-lab')])
}

/** Makes a host's own keys unless they exist; they are kept over `down`, as a real host keeps its own. */
export async function ensureHostKeys(host: string, types: readonly KeyType[]): Promise<HostKey[]> {
  const dir = hostKeysDir(host)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  return Promise.all(
    types.map(async (type) => {
      const file = join(dir, `ssh_host_${type}_key`)
      await makeKey(type, file, host)
      const [, fingerprint = ''] = (await must(['ssh-keygen', '-l', '-f', `${file}.pub`])).split(' ')
      const line = readFileSync(`${file}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ')
      return { type, line, fingerprint }
    }),
  )
}

export function hostKeysDir(host: string): string {
  return join(HOST_KEYS_DIR, host)
}

async function makeKey(type: KeyType, file: string, comment: string): Promise<void> {
  if (existsSync(`${file}.pub`)) return
  const bits = { ed25519: [], rsa: ['-b', '3072'], ecdsa: ['-b', '256'] }[type]
  await must(['ssh-keygen', '-q', '-t', type, ...bits, '-N', '', '-C', comment, '-f', file], { input: 'y\n' })
}
