import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'
import { type LiveAddress, liveAddress } from '@/lib/agent/live-address'

/** What holds the addresses of a device. `unclear`: two programs say that they do. */
export const stackNames = ['ifupdown', 'networkd', 'netplan', 'networkmanager', 'other', 'none', 'unclear'] as const

export const deviceFacts = z.object({
  name: z.string(),
  index: z.number(),
  addresses: z.array(liveAddress),
  stack: z.enum(stackNames),
  /** By what it was told, and what follows: "networkd configured it from /etc/…". */
  stackBecause: z.string(),
  /** The .network file that networkd uses for it. */
  networkFile: z.string().nullable(),
  /** Null when the kernel does not tell. */
  promotesSecondaries: z.boolean().nullable(),
})

export const defaultRoute = z.object({
  family: z.union([z.literal(4), z.literal(6)]),
  device: z.string(),
  via: z.string().nullable(),
  src: z.string().nullable(),
  /** As `ip route show default` prints it, without what a router's announcement counts down. */
  text: z.string(),
})

export const failoverFacts = z.object({
  hasIp: z.boolean(),
  hasArping: z.boolean(),
  hasPing: z.boolean(),
  /** Debian's version of ifupdown; null where dpkg does not know one. */
  ifupdownVersion: z.string().nullable(),
  devices: z.array(deviceFacts),
  defaultRoutes: z.array(defaultRoute),
  /** Every file that the four stacks read and Pollux looks at, by path; what is not there is not named. */
  files: z.record(z.string(), configFile),
  /** Folders of them that are there. */
  folders: z.array(z.string()),
  /** Addresses at which somebody is logged in by SSH now; null when that was not told. */
  logins: z.array(z.string()).nullable(),
})

export type FailoverFacts = z.infer<typeof failoverFacts>
export type DeviceFacts = z.infer<typeof deviceFacts>
export type DefaultRoute = z.infer<typeof defaultRoute>
export type StackName = (typeof stackNames)[number]

/** The device of this name, or null. */
export function findDevice(facts: FailoverFacts, name: string): DeviceFacts | null {
  return facts.devices.find((device) => device.name === name) ?? null
}

/** "192.0.2.10/32" */
export function cidrOf({ host, prefix }: LiveAddress): string {
  return `${host}/${prefix}`
}
