import { z } from 'zod'
import { isInNet, parseAddress, printAddress } from '@/lib/agent/ip-address'
import { FIREWALL_LABEL, FIREWALL_RULE, LABEL, LABEL_RULE, PREFIX_RULE, TAG, TAG_RULE } from './typed'

/**
 * A mesh's short name. It is part of the names of files, connections and network devices (15 characters at most, with the
 * hyphen and the member's label), so it never changes.
 */
export const meshTag = z.string().regex(TAG, TAG_RULE)

/** A member's short name in the names of files, connections and devices of its mesh. It never changes either. */
export const memberLabel = z
  .string()
  .regex(LABEL, LABEL_RULE)
  .refine((label) => label !== FIREWALL_LABEL, FIREWALL_RULE)

const ipv4 = z.string().transform((text, ctx) => {
  const address = parseAddress(text.trim())
  if (address?.family === 4 && address.prefix === 32) return address.host
  const message =
    address?.family === 6
      ? 'IP-IP tunnels need IPv4 outside; this is an IPv6 address.'
      : 'This is no IPv4 address. Expected something like 192.0.2.10.'
  ctx.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** "10.77.128.0/24": the net of the inner addresses, without bits behind its prefix. */
export const meshPrefix = z.string().transform((text, ctx) => {
  const net = parseAddress(text.trim())
  const isNet =
    net?.family === 4 && text.includes('/') && net.prefix >= 8 && net.prefix <= 30 && lowest(net.bytes, net.prefix)
  if (net && isNet) return printAddress(net)
  ctx.addIssue({ code: 'custom', message: PREFIX_RULE })
  return z.NEVER
})

function lowest(bytes: readonly number[], prefix: number): boolean {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return !bits.slice(prefix).includes('1')
}

const hostId = z.string().min(1).max(200)

/** One host in a mesh. */
export const meshMember = z.object({
  hostId,
  label: memberLabel,
  /** Where the others reach it: an address that stands on one of its own devices. */
  outer: ipv4,
  /** Its address inside the mesh, the same on each of its tunnels. */
  inner: ipv4,
})

/**
 * `modern`: strongSwan by swanctl, IKEv2, AES-GCM. `compatible`: what an older strongSwan or a libreswan also speaks; the
 * pairs of which both ends are modern use the modern suite all the same.
 */
export const meshProfile = z.enum(['modern', 'compatible'])

/**
 * What becomes of something that others made on a member, by its id in `foreignOf`: `keep` leaves it beside the mesh where
 * both can stand, `replace` has the plan take it out. A deed about what is not there any more is none.
 */
export const foreignDeed = z.object({
  hostId,
  id: z.string().regex(/^[a-z]+-[0-9a-f]{12}$/, 'Expected an id such as tunnel-0123456789ab.'),
  deed: z.enum(['keep', 'replace']),
})

/** A mesh as it is to be: every member, those that stay among them. */
export const meshWish = z.object({
  kind: z.literal('mesh'),
  tag: meshTag,
  name: z
    .string()
    .trim()
    .min(1, 'A mesh has a name.')
    .max(60, 'A name has at most 60 characters.')
    .regex(/^\P{Cc}*$/u, 'A name has one line, without control characters.'),
  prefix: meshPrefix,
  profile: meshProfile,
  members: z.array(meshMember).max(250),
  /** Hosts that were members: nothing of the mesh stays on them. */
  leaving: z.array(hostId).max(250),
  /** Writes the members' inner names ("web1.cloud") into /etc/hosts. */
  innerNames: z.boolean(),
  /** Wishes of before it could be said have none. */
  foreign: z.array(foreignDeed).max(2000).default([]),
})

/** What a host must have before it can be planned into a mesh: the daemon, running, and a key that it made for itself. */
export const prepareWish = z.object({
  kind: z.literal('prepare'),
  /** The mesh that they are to join, where it stands: the wizard goes on with it. */
  mesh: meshTag.optional(),
})

/** Takes away what `prepare` brought, from hosts that are in no mesh any more; the key is destroyed. */
export const cleanWish = z.object({ kind: z.literal('clean') })

/** New keys for pairs that stand: for the one of two hosts, or, without any, for all among the hosts of the plan. */
export const rekeyWish = z.object({ kind: z.literal('rekey'), tag: meshTag, hostIds: z.array(hostId).max(2) })

export const ipsecDesired = z.discriminatedUnion('kind', [meshWish, prepareWish, cleanWish, rekeyWish])

export type IpsecDesired = z.infer<typeof ipsecDesired>
export type MeshWish = z.infer<typeof meshWish>
export type PrepareWish = z.infer<typeof prepareWish>
export type RekeyWish = z.infer<typeof rekeyWish>
export type MeshMember = z.infer<typeof meshMember>
export type MeshProfile = z.infer<typeof meshProfile>

/** Whether an inner address lies in the mesh's net and is neither its first nor its last address. */
export function isInnerOf(inner: string, prefix: string): boolean {
  const [address, net] = [parseAddress(inner), parseAddress(prefix)]
  if (!address || !net || !isInNet(address, net)) return false
  const bits = address.bytes
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(net.prefix)
  return bits.includes('1') && bits.includes('0')
}
