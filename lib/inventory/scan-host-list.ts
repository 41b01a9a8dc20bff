import PQueue from 'p-queue'
import { z } from 'zod'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { read } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { type PinnedKey, type SshTarget, scanHostKeys } from '@/lib/ssh'
import { withPort } from './host-address'
import { HostIdentity } from './host-identity'
import { type ListedHost, type ListProblem, parseHostList } from './parse-host-list'
import { sshTargetOf } from './target-of'

export const ScanHostListInput = z.object({
  text: z.string().trim().min(1, 'Paste at least one line.').max(500_000, 'The list is too long.'),
  jumpHostId: HostIdentity.shape.jumpHostId,
  sshProfile: HostIdentity.shape.sshProfile,
})

/** new: nothing to compare with; same: the host offers what the paste names; differs: it offers another key than the paste names. */
export type ListComparison = 'new' | 'same' | 'differs'

export type ScannedRow = Omit<ListedHost, 'keys'> &
  ({ ok: true; keys: PinnedKey[]; comparison: ListComparison } | { ok: false; problem: string })

export interface ScannedList {
  rows: ScannedRow[]
  problems: ListProblem[]
}

const atOnce = 16

/** Reads a pasted list and asks all its hosts for their keys, a few at once. What fails is said on its row. Stores nothing. */
export async function scanHostList(ctx: Ctx, input: z.input<typeof ScanHostListInput>): Promise<ScannedList> {
  authorize(ctx, 'edit host identity')
  const { text, jumpHostId, sshProfile } = parseInput(ScanHostListInput, input)
  const { hosts, problems } = parseHostList(text)
  const taken = await takenBy(jumpHostId)
  const jump = jumpHostId === null ? undefined : await sshTargetOf(jumpHostId)
  const queue = new PQueue({ concurrency: atOnce })
  const rows = await queue.addAll(
    hosts.map((host) => async () => {
      const problem = taken(host)
      return problem === null ? scanRow(host, { profile: sshProfile, jump }) : failed(host, problem)
    }),
  )
  return { rows, problems }
}

/** Says why a host of the list cannot be added beside those of the inventory, before anything is sent to it. */
async function takenBy(jumpHostId: string | null): Promise<(host: ListedHost) => string | null> {
  const hosts = await read((tx) =>
    tx.host.findMany({ select: { name: true, address: true, port: true, jumpHostId: true } }),
  )
  const names = new Map(hosts.map(({ name }) => [name.toLowerCase(), name]))
  const behind = hosts.filter((host) => host.jumpHostId === jumpHostId)
  const places = new Map(behind.map((host) => [withPort(host.address, host.port), host.name]))
  return (host) => {
    const place = withPort(host.address, host.port)
    const there = places.get(place)
    if (there) return `${there} has ${place} already.`
    const name = names.get(host.name.toLowerCase())
    return name ? `There is a host called ${name} already. Give this one another name.` : null
  }
}

async function scanRow(host: ListedHost, way: Pick<SshTarget, 'profile' | 'jump'>): Promise<ScannedRow> {
  try {
    const keys = await scanHostKeys({ address: host.address, port: host.port, ...way })
    return { ...host, ok: true, keys, comparison: compare(host, keys) }
  } catch (error) {
    if (!isAppError(error)) throw error
    return failed(host, error.userMessage ?? error.message)
  }
}

function failed({ keys: _keys, ...host }: ListedHost, problem: string): ScannedRow {
  return { ...host, ok: false, problem }
}

function compare(host: ListedHost, offered: readonly PinnedKey[]): ListComparison {
  if (host.keys.length === 0) return 'new'
  const fits = host.keys.some((known) =>
    offered.some((key) => key.algorithm === known.algorithm && key.key === known.key),
  )
  const differs = host.keys.some((known) =>
    offered.some((key) => key.algorithm === known.algorithm && key.key !== known.key),
  )
  return differs || !fits ? 'differs' : 'same'
}
