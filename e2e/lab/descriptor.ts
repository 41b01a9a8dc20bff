import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostKind, HostSpec, LabUser } from './hosts'
import { type HostKey, LAB_KEY } from './keys'
import { HOSTS_DIR, hostDir } from './paths'
import { isSameProcess } from './process-ref'

/** A running host, as a test needs to know it. */
export interface LabHost {
  name: string
  kind: HostKind
  /** Address on the wire; reachable only from inside the lab's network namespace (for `inner`: only from `jump`). */
  address: string
  port: number
  users: LabUser[]
  /** Private key files (OpenSSH format, 0600) that every user of every host accepts; `legacy` takes only the RSA one. */
  keys: { ed25519: string; rsa: string }
  /** The host's own public keys; `fingerprint` as "SHA256:…". */
  hostKeys: HostKey[]
  /** See `HostSpec`. */
  mysqlAccount?: HostSpec['mysqlAccount']
  /** Name of the host through which alone this one is reached. */
  jump?: string
  purpose: string
  /** "PID START" of process 1 as this machine sees it, or of a guest's watcher. */
  process: string
  /** The link's end on our side: a veth or tap device in the lab's namespace. */
  link: string
}

/** Hosts whose process lives; sorted as they were started. Empty when the lab is down. */
export function labHosts(): LabHost[] {
  if (!existsSync(HOSTS_DIR)) return []
  return readdirSync(HOSTS_DIR)
    .map(readDescriptor)
    .filter((host) => host !== undefined)
    .filter((host) => isSameProcess(host.process))
    .sort((a, b) => a.address.localeCompare(b.address, 'en', { numeric: true }))
}

/** The descriptor that `up` left, whether or not the host still runs. */
export function readDescriptor(name: string): LabHost | undefined {
  const file = join(hostDir(name), 'host.json')
  return existsSync(file) ? parseDescriptor(readFileSync(file, 'utf8')) : undefined
}

export function writeDescriptor(host: LabHost): void {
  mkdirSync(hostDir(host.name), { recursive: true })
  writeFileSync(join(hostDir(host.name), 'host.json'), `${JSON.stringify(host, null, 2)}\n`)
}

/** Guarantee: only `writeDescriptor` writes these files. */
function parseDescriptor(text: string): LabHost {
  return JSON.parse(text) as LabHost
}

/** What a descriptor tells of a host before it runs. */
export function toldOf(spec: HostSpec, hostKeys: HostKey[]): Omit<LabHost, 'process' | 'link'> {
  return {
    name: spec.name,
    kind: spec.kind,
    address: spec.links[0].address,
    port: 22,
    users: spec.users,
    mysqlAccount: spec.mysqlAccount,
    keys: LAB_KEY,
    hostKeys,
    jump: spec.jump,
    purpose: spec.purpose,
  }
}
