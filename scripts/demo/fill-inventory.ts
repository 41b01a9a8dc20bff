import { readFileSync } from 'node:fs'
import { agents } from '@/agents/registry'
import { type LabHost, labHosts } from '@/e2e/lab/descriptor'
import { isGuestKind } from '@/e2e/lab/hosts'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { runShutdown } from '@/lib/config/shutdown'
import { read } from '@/lib/db'
import { addHost } from '@/lib/inventory/add-host'
import { confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { createCredential } from '@/lib/inventory/create-credential'
import { scanHostKey } from '@/lib/inventory/scan-host-key'
import { newRequestId } from '@/lib/log'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readAllHosts } from '@/lib/reading/read-hosts'
import { connectCatalogs } from './connect-catalogs'

// Puts the lab's hosts into the inventory by the same verbs that the screens use, and reads them once: all but those that
// POLLUX_FILL_WITHOUT names.
const ctx: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: newRequestId() }

setAgents(agents)
setAgentProbes(agents.map((agent) => agent.probe))
// Who is reached through another comes after it. The hostile one is for tests, not for the eyes.
const without = ['hostile', ...(process.env['POLLUX_FILL_WITHOUT'] ?? '').split(' ')]
const wanted = labHosts()
  .filter((host) => !without.includes(host.name))
  .sort((a, b) => Number(a.jump !== undefined) - Number(b.jump !== undefined))
for (const host of wanted) if (!(await findHostId(host.name))) await takeIn(host)
const results = await readAllHosts(ctx, { tier: 'deep' })
for (const result of results) if (!result.ok) console.error(result.problem)
console.log(`${results.filter((result) => result.ok).length} of ${results.length} hosts were read.`)
const catalogs = await connectCatalogs(ctx, wanted)
console.log(`Catalogs: ${catalogs.join(', ')}.`)
await runShutdown(5_000)
process.exit(0)

async function takeIn(host: LabHost): Promise<void> {
  const isLegacy = host.name === 'legacy'
  const { hostId } = await addHost(ctx, {
    name: host.name,
    kind: host.kind === 'busybox' ? 'nas' : isGuestKind(host.kind) ? 'vm' : 'server',
    address: host.address,
    port: host.port,
    login: 'root',
    privilege: 'root',
    sshProfile: isLegacy ? 'legacy' : 'modern',
    credentialId: await credentialFor(host, isLegacy ? 'rsa' : 'ed25519'),
    jumpHostId: host.jump ? await findHostId(host.jump) : null,
    hypervisorId: null,
    notes: host.purpose,
    tags: ['lab'],
  })
  const { offered } = await scanHostKey(ctx, { hostId })
  const known = host.hostKeys.map((key) => key.fingerprint)
  const fingerprints = offered.map((key) => key.fingerprint)
  // What a person does with his eyes: the lab made these keys, so it knows them.
  const stranger = fingerprints.find((fingerprint) => !known.includes(fingerprint))
  if (stranger) throw new Error(`expected one of the keys of ${host.name} (${known.join(', ')}), got ${stranger}`)
  await confirmHostKey(ctx, { hostId, fingerprints })
}

async function findHostId(name: string): Promise<string | null> {
  const host = await read((tx) => tx.host.findUnique({ where: { name }, select: { id: true } }))
  return host?.id ?? null
}

async function credentialFor(host: LabHost, algorithm: 'ed25519' | 'rsa'): Promise<string> {
  const name = `Lab key (${algorithm})`
  const known = await read((tx) => tx.credential.findUnique({ where: { name }, select: { id: true } }))
  if (known) return known.id
  const privateKey = readFileSync(host.keys[algorithm], 'utf8')
  return (await createCredential(ctx, { kind: 'paste', name, privateKey })).id
}
