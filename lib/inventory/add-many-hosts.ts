import { z } from 'zod'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { work } from '@/lib/db'
import { isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/errors/parse-input'
import { fingerprintOf } from '@/lib/ssh'
import { insertHost } from './add-host'
import { addressField, hostNameField, loginField, portField, sudoPasswordField, tagsField } from './fields'
import { HostDescription, HostIdentity } from './host-identity'
import { longestList } from './parse-host-list'

const ConfirmedKey = z.object({ algorithm: z.string().max(100), key: z.base64('This is not a host key.').max(20_000) })

/** What all hosts of the list share. */
export const SharedHostFields = z.object({
  login: loginField,
  credentialId: HostIdentity.shape.credentialId,
  privilege: HostIdentity.shape.privilege,
  jumpHostId: HostIdentity.shape.jumpHostId,
  sshProfile: HostIdentity.shape.sshProfile,
  kind: HostDescription.shape.kind,
  sudoPassword: sudoPasswordField.optional(),
})

export const AddManyHostsInput = SharedHostFields.extend({
  hosts: z
    .array(
      z.object({
        address: addressField,
        port: portField,
        login: loginField.nullable(),
        name: hostNameField,
        tags: tagsField,
        /** Those the person confirmed in the table. */
        keys: z.array(ConfirmedKey).min(1, 'A host is added with the keys that were confirmed for it.').max(20),
      }),
    )
    .min(1, 'Choose at least one host.')
    .max(longestList),
})

export type AddedHost = { name: string; address: string } & (
  | { ok: true; hostId: string }
  | { ok: false; problem: string }
)

/** Adds hosts with the keys that were confirmed for them, each in its own transaction: one that fails keeps the rest. */
export async function addManyHosts(ctx: Ctx, input: z.input<typeof AddManyHostsInput>): Promise<AddedHost[]> {
  authorize(ctx, 'edit host identity')
  const { hosts, ...shared } = parseInput(AddManyHostsInput, input)
  const added: AddedHost[] = []
  for (const host of hosts) added.push(await addOne(ctx, shared, host))
  return added
}

type Shared = z.output<typeof SharedHostFields>
type Listed = z.output<typeof AddManyHostsInput>['hosts'][number]

async function addOne(ctx: Ctx, shared: Shared, host: Listed): Promise<AddedHost> {
  const { name, address, port, tags } = host
  const wanted = {
    ...shared,
    name,
    address,
    port,
    tags,
    login: host.login ?? shared.login,
    hypervisorId: null,
    notes: '',
  }
  const keys = host.keys.map((key) => ({ ...key, fingerprint: fingerprintOf(key.key) }))
  try {
    const hostId = await work(async (tx) => {
      const id = await insertHost(tx, ctx, wanted)
      const decided = { state: 'pinned', decidedAt: new Date(), decidedBy: ctx.actor.name }
      await tx.hostKey.createMany({ data: keys.map((key) => ({ hostId: id, ...key, ...decided })) })
      const detail = { pinned: keys.map((key) => key.fingerprint) }
      await writeAudit(tx, ctx, { verb: 'confirm host key', object: 'host', objectId: id, label: name, detail })
      return id
    })
    return { name, address, ok: true, hostId }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'invalid') throw error
    return { name, address, ok: false, problem: error.userMessage ?? error.message }
  }
}
