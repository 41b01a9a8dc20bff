import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { hostsForTests, type LabHost } from '@/e2e/lab/lab'
import type { SshTarget } from '..'

const hosts = new Map(hostsForTests().map((host) => [host.name, host]))

/** A test on one host of the lab; skipped, with the reason printed, where that host is not up. */
export function onLabHost(name: string, title: string, test: (host: LabHost) => Promise<void>): void {
  const host = hosts.get(name)
  if (!host && hosts.size > 0) console.log(`Skipped: the lab's host ${name} does not run.`)
  it.skipIf(!host)(`${name}: ${title}`, async () => {
    if (host) await test(host)
  })
}

/** How root gets to a host of the lab, through its jump host where it has one. */
export function labTarget(host: LabHost, parts: Partial<SshTarget> = {}): SshTarget {
  const jump = host.jump === undefined ? undefined : hosts.get(host.jump)
  return {
    hostId: `${host.name} ${parts.user}`,
    name: host.name,
    address: host.address,
    port: host.port,
    user: 'root',
    auth: { kind: 'key', privateKey: readFileSync(host.keys.rsa, 'utf8') },
    hostKeys: host.hostKeys.map(({ line, fingerprint }) => {
      const [algorithm = '', key = ''] = line.split(' ')
      return { algorithm, key, fingerprint }
    }),
    profile: 'modern',
    privilege: 'root',
    jump: jump && labTarget(jump),
    revision: JSON.stringify(parts),
    ...parts,
  }
}
