import { z } from 'zod'
import { cheapProbes, deepProbes } from '@/lib/facts'
import { hostKinds } from '@/lib/inventory/fields'
import { getHost } from '@/lib/inventory/get-host'
import { ListHostsInput, listHosts } from '@/lib/inventory/list-hosts'
import { operation } from './operation'
import { instant, instantOf } from './shapes'

const state = z.object({ mark: z.string(), word: z.string() })

export const listHostsOperation = operation({
  method: 'GET',
  path: '/api/v1/hosts',
  id: 'listHosts',
  summary: 'Hosts that fit, with what was read last',
  right: 'read inventory',
  input: ListHostsInput.pick({ search: true, kind: true, tag: true, state: true }),
  output: z.object({
    total: z.int(),
    hosts: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(hostKinds),
        address: z.string(),
        port: z.int(),
        tags: z.array(z.string()),
        state,
        factsAt: instant.nullable(),
        isStale: z.boolean().describe('The last contact failed: what is known is of factsAt.'),
      }),
    ),
  }),
  async run(ctx, input) {
    const { rows, total } = await listHosts(ctx, input)
    return { total, hosts: rows.map((row) => ({ ...row, factsAt: instantOf(row.factsAt) })) }
  },
})

/** What agents read may hold whole files, which the screens show in parts alone. */
const ownProbes = new Set<string>([...cheapProbes, ...deepProbes].map((probe) => probe.id))

export const getHostOperation = operation({
  method: 'GET',
  path: '/api/v1/hosts/{id}',
  id: 'getHost',
  summary: 'A host with its facts, as they were read last',
  right: 'read inventory',
  input: z.object({ id: z.string() }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(hostKinds),
    address: z.string(),
    port: z.int(),
    login: z.string(),
    privilege: z.string(),
    notes: z.string(),
    tags: z.array(z.string()),
    jumpHost: z.string().nullable(),
    hypervisor: z.string().nullable(),
    keyState: z.string(),
    reach: z.string(),
    reachDetail: z.string().nullable(),
    state,
    factsAt: instant.nullable(),
    facts: z.record(z.string(), z.unknown()).describe('By probe: when it was read (at), and what was found.'),
  }),
  async run(ctx, { id }) {
    const host = await getHost(ctx, id)
    const results = Object.entries(host.facts?.results ?? {}).filter(([probe]) => ownProbes.has(probe))
    return {
      ...host,
      jumpHost: host.jumpHost?.name ?? null,
      hypervisor: host.hypervisor?.name ?? null,
      factsAt: instantOf(host.factsAt),
      facts: Object.fromEntries(
        results.map(([probe, { at, found }]) => [probe, { at: instantOf(new Date(at)), ...found }]),
      ),
    }
  },
})
