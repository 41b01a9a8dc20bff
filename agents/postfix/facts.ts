import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'
import { liveAddress } from '@/lib/agent/live-address'

/** One socket that listens on TCP. */
export const listeningSocket = z.object({
  /** Null for every address of its family. */
  host: z.string().nullable(),
  family: z.union([z.literal(4), z.literal(6)]),
  port: z.number(),
  /** The program that holds it; null when that was not told. */
  program: z.string().nullable(),
})

/** One Postfix on the host: most have one, `-`. */
export const instance = z.object({
  /** As postmulti(1) names it: `-` is the first. */
  name: z.string(),
  /** /etc/postfix */
  directory: z.string(),
  /** The systemd unit that runs it; null where systemd runs none. */
  unit: z.string().nullable(),
  isRunning: z.boolean(),
  /** How that was told: "postfix@-.service is active". */
  runningBecause: z.string(),
})

export const postfixFacts = z.object({
  /** "3.7.11"; null when there is no Postfix. */
  version: z.string().nullable(),
  /** Bare names of the programs that a plan may call. */
  programs: z.array(z.string()),
  init: z.enum(['systemd', 'script', 'none']),
  instances: z.array(instance),
  /** Values that hold where main.cf says nothing, of the parameters that the agent looks at. */
  defaults: z.record(z.string(), z.string()),
  /** Every file that a plan may read or write, by path. */
  files: z.record(z.string(), configFile),
  addresses: z.array(liveAddress.extend({ device: z.string() })),
  /** Null when nothing told what listens. */
  sockets: z.array(listeningSocket).nullable(),
  /** What a check reads of sockets: ss(8) where it prints `0.0.0.0:25` and `[::]:25`, else netstat(8) or the kernel's own table. */
  socketTable: z.enum(['ss', 'netstat', 'kernel']),
  /** net.ipv4.ip_nonlocal_bind and its twin of IPv6; null when the kernel does not tell. */
  nonlocalBind: z.object({ 4: z.boolean().nullable(), 6: z.boolean().nullable() }),
  /** Where the file system under a path that a plan writes is mounted read-only. */
  readOnly: z.array(z.string()),
  /** Messages that wait; null when that was not told. */
  queued: z.number().nullable(),
})

export type PostfixFacts = z.infer<typeof postfixFacts>
export type Instance = z.infer<typeof instance>
export type ListeningSocket = z.infer<typeof listeningSocket>

/** Whether the host has an address now, whatever its prefix. */
export function hasAddress({ addresses }: PostfixFacts, host: string): boolean {
  return addresses.some((address) => address.host === host)
}

/** The instance of this name, or null. */
export function findInstance(facts: PostfixFacts, name: string): Instance | null {
  return facts.instances.find((one) => one.name === name) ?? null
}
