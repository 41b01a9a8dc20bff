import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabHost } from './descriptor'
import { insideArgv, isInside } from './inside'
import { type Ran, run } from './run'

/** What Debian's client must be allowed to offer before `legacy` lets it in; for that host alone. */
const LEGACY = [
  'KexAlgorithms=+diffie-hellman-group14-sha1',
  'HostKeyAlgorithms=+ssh-rsa',
  'PubkeyAcceptedAlgorithms=+ssh-rsa',
  'Ciphers=+aes128-cbc',
]

/**
 * One command by a real login with OpenSSH's client: root, the lab's key, the host's own key pinned; through the jump
 * host where there is one. It proves the wire and the daemon, apart from any code of ours that speaks SSH.
 */
export async function logIn(host: LabHost, jump: LabHost | undefined, command: string, seconds = 20): Promise<Ran> {
  const { dir, known } = keepKeys([host, ...(jump ? [jump] : [])])
  try {
    const proxy = jump ? ['-o', `ProxyCommand=${ssh(jump, known, ['-W', '%h:%p']).join(' ')}`] : []
    const argv = [...ssh(host, known, proxy), command]
    return await run(isInside() ? argv : insideArgv(argv), { seconds })
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The same login for who keeps it open himself: the words of the client, and what forgets the pinned keys afterwards. */
export function loginArgv(host: LabHost, command: string): { argv: string[]; forget(): void } {
  const { dir, known } = keepKeys([host])
  const argv = [...ssh(host, known, []), command]
  return { argv: isInside() ? argv : insideArgv(argv), forget: () => rmSync(dir, { recursive: true }) }
}

function keepKeys(hosts: readonly LabHost[]): { dir: string; known: string } {
  const dir = mkdtempSync(join(tmpdir(), 'lab-known-'))
  const known = join(dir, 'known_hosts')
  const lines = hosts.flatMap((one) => one.hostKeys.map((key) => `${one.address} ${key.line}`))
  writeFileSync(known, `${lines.join('\n')}\n`)
  return { dir, known }
}

function ssh(host: LabHost, known: string, more: string[]): string[] {
  const isLegacy = host.name === 'legacy'
  const options = ['BatchMode=yes', 'ConnectTimeout=5', 'LogLevel=ERROR', `UserKnownHostsFile=${known}`]
  const all = [...options, 'StrictHostKeyChecking=yes', ...(isLegacy ? LEGACY : [])].flatMap((option) => ['-o', option])
  const key = isLegacy ? host.keys.rsa : host.keys.ed25519
  return ['ssh', '-F', 'none', '-i', key, ...all, ...more, `root@${host.address}`]
}
