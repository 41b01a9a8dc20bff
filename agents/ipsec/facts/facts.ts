import { z } from 'zod'
import { configFile } from '@/lib/agent/config-file'
import { liveAddress } from '@/lib/agent/live-address'

/** `swanctl`: charon-systemd, told by swanctl over vici. `starter`: strongSwan's ipsec.conf. */
export const daemonKinds = ['swanctl', 'starter', 'libreswan', 'racoon'] as const

export const daemonFacts = z.object({
  kind: z.enum(daemonKinds),
  /** "5.9.8", as dpkg or the program says; null when neither does. */
  version: z.string().nullable(),
  /** The unit that runs it ("strongswan.service"), null without systemd. */
  unit: z.string().nullable(),
  isActive: z.boolean(),
  isEnabled: z.boolean(),
})

/** Null: the host did not tell. */
const told = z.boolean().nullable()

/** What is in the kernel, loaded or to be loaded. */
export const kernelFacts = z.object({
  release: z.string(),
  hasEsp: told,
  hasIpip: told,
  /** Whether a daemon can put its SAs and policies into it (xfrm_user). */
  hasXfrm: told,
  /** Whether iptables can tell what came through IPsec (xt_policy). */
  hasPolicyMatch: told,
})

export const deviceFacts = z.object({
  name: z.string(),
  /** Bytes of the largest packet. */
  mtu: z.number(),
  isUp: z.boolean(),
  addresses: z.array(liveAddress),
  /** What sets it up at boot. */
  stack: z.enum(['ifupdown', 'networkd', 'netplan', 'networkmanager', 'other', 'none', 'unclear']),
})

/** An ip-ip tunnel of the kernel, whoever made it. */
export const tunnelFacts = z.object({
  name: z.string(),
  /** Null: any ("tunl0"). */
  local: z.string().nullable(),
  remote: z.string().nullable(),
  mtu: z.number(),
  isUp: z.boolean(),
})

export const routeFacts = z.object({
  /** "10.0.0.0/8"; the default route is "0.0.0.0/0". */
  net: z.string(),
  device: z.string().nullable(),
  via: z.string().nullable(),
})

/** One end's view of a security association of ESP. Never its keys. */
export const childSaFacts = z.object({
  name: z.string(),
  state: z.string(),
  mode: z.string(),
  /** "AES_GCM_16-256/ECP_256", made of what the daemon tells. */
  suite: z.string(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  /** Seconds since it was made or rekeyed. */
  ageS: z.number(),
  spiIn: z.string(),
  spiOut: z.string(),
})

export const ikeSaFacts = z.object({
  /** The connection's name. */
  name: z.string(),
  state: z.string(),
  version: z.number(),
  localHost: z.string(),
  remoteHost: z.string(),
  ageS: z.number(),
  suite: z.string(),
  children: z.array(childSaFacts),
})

export const policyFacts = z.object({
  src: z.string(),
  dst: z.string(),
  /** IP protocol by its number; null for any, -1 where `ip` called it by a name that Pollux does not know. */
  protocol: z.number().nullable(),
  direction: z.enum(['in', 'out', 'fwd']),
  mode: z.string(),
  action: z.string(),
})

/** What rules the host's packets, by what is there and what the rules say. */
export const firewallTools = ['none', 'iptables', 'nftables', 'ufw', 'firewalld', 'shorewall', 'unclear'] as const

export const firewallFacts = z.object({
  tool: z.enum(firewallTools),
  because: z.string(),
  /** As `iptables -S` prints the table filter; null where there is no iptables, or it could not be asked. */
  iptables: z.string().nullable(),
  iptablesBackend: z.enum(['legacy', 'nf_tables']).nullable(),
  /** `nft list ruleset` without its counters; null where there is no nft, or it could not be asked. */
  nft: z.string().nullable(),
  /** Whether iptables-persistent keeps the rules over a boot. */
  isPersistent: z.boolean(),
})

/** What the agent knows of one host. */
export const ipsecFacts = z.object({
  programs: z.array(z.string()),
  /** The daemon that runs, else the one that is installed; null where there is none. */
  daemon: daemonFacts.nullable(),
  /** Every daemon that is installed. */
  daemons: z.array(daemonFacts),
  /**
   * Whether apt could install charon-systemd and swanctl now, without removing anything; null where they are installed
   * (nobody asked), or apt is missing or did not answer.
   */
  canInstall: told,
  kernel: kernelFacts,
  hasSystemd: z.boolean(),
  devices: z.array(deviceFacts),
  tunnels: z.array(tunnelFacts),
  routes: z.array(routeFacts),
  /** Files that Pollux may write or must respect, by path; never one with a key in it. */
  files: z.record(z.string(), configFile),
  folders: z.array(z.string()),
  /** The host's own public key, PEM; null where it has none. */
  publicKey: z.string().nullable(),
  connections: z.array(z.string()).nullable(),
  sas: z.array(ikeSaFacts).nullable(),
  policies: z.array(policyFacts).nullable(),
  firewall: firewallFacts,
  /** Counters of /proc/net/xfrm_stat; empty where the kernel has none. */
  xfrmStat: z.record(z.string(), z.number()),
  /** Who is logged in by SSH now, at which address of this host; null when that was not told. */
  logins: z.array(z.string()).nullable(),
  /** Seconds since 1970 by the host's clock. */
  clockS: z.number().nullable(),
})

export type IpsecFacts = z.infer<typeof ipsecFacts>
export type DaemonFacts = z.infer<typeof daemonFacts>
export type DaemonKind = (typeof daemonKinds)[number]
export type DeviceFacts = z.infer<typeof deviceFacts>
export type TunnelFacts = z.infer<typeof tunnelFacts>
export type FirewallFacts = z.infer<typeof firewallFacts>
export type FirewallTool = (typeof firewallTools)[number]
export type KernelFacts = z.infer<typeof kernelFacts>
export type RouteFacts = z.infer<typeof routeFacts>
export type IkeSaFacts = z.infer<typeof ikeSaFacts>
export type ChildSaFacts = z.infer<typeof childSaFacts>
export type PolicyFacts = z.infer<typeof policyFacts>
