import type { KeyType } from './keys'
import type { Bridge } from './wire'

export type Privilege = 'root' | 'sudo' | 'sudo-password' | 'none'

export interface LabUser {
  name: string
  password: string
  /** root; sudo without a password; sudo that asks for this password; nothing. */
  privilege: Privilege
}

/**
 * systemd: a whole Debian in namespaces. sshd, busybox: the same with only that as process 1. Guests with a kernel of their
 * own: uml, user-mode Linux; qemu, Debian's own kernel on a processor that QEMU emulates.
 */
export type HostKind = 'systemd' | 'sshd' | 'busybox' | 'uml' | 'qemu'

/** Whether hosts of this kind have a kernel of their own, boot, and lose power. */
export function isGuestKind(kind: HostKind): boolean {
  return kind === 'uml' || kind === 'qemu'
}

export interface HostLink {
  device: string
  bridge: Bridge
  address: string
}

export interface HostSpec {
  name: string
  kind: HostKind
  /** The cached tree below the host's own files; for a guest the one its disk image is made from. */
  layer:
    | 'fitted'
    | 'ifupdown'
    | 'oldnas'
    | 'uml'
    | 'uml-sysv'
    | 'postfix'
    | 'nameserver'
    | 'exim'
    | 'trixie'
    | 'bullseye'
    | 'bacula-mariadb'
    | 'bacula-postgresql'
    | 'bacula-sqlite'
    | 'mariadb'
    | 'mariadb-bullseye'
    | 'mariadb-trixie'
    | 'uml-mariadb'
    | 'uml-ipsec'
    | 'uml-ipsec-ifupdown'
    | 'uml-starter'
    | 'qemu-ufw'
    | 'qemu-firewalld'
  links: [HostLink, ...HostLink[]]
  /** Address of the default gateway; none for a host that has no route out of its segment. */
  gateway?: string
  users: LabUser[]
  hostKeys: KeyType[]
  /** Size of the host's own disk above the shared tree (namespace hosts), in MiB. */
  diskMib: number
  /** A file system of its own besides (namespace hosts): where it is mounted, and its size in MiB. */
  data?: { at: string; mib: number }
  /** Memory and root disk of a guest, in MiB, where they are not the usual ones. */
  guest?: { memoryMib: number; rootMib: number }
  /** An account on localhost of the host's MySQL server, as the application has that owns the databases shop and old. */
  mysqlAccount?: { name: string; password: string }
  /** TCP ports besides 22 that a namespace host listens on before `up` returns. */
  serves?: number[]
  /** The host through which alone this one is reached. */
  jump?: string
  /** The host whose file in `setup/hosts` makes this one what it is; its own, unless told otherwise. */
  like?: string
  /** Hosts without a line of their own in the README: `many`. */
  purpose: string
}

const USERS: LabUser[] = [
  { name: 'root', password: 'lab-root', privilege: 'root' },
  { name: 'deploy', password: 'lab-deploy', privilege: 'sudo' },
  { name: 'ops', password: "lab ops' pa$$word", privilege: 'sudo-password' },
  { name: 'guest', password: 'lab-guest', privilege: 'none' },
]

/** The users of every Debian host; the layer `fitted` is made with them. */
export const DEBIAN_USERS: readonly LabUser[] = USERS

const debian = (name: string, last: number, purpose: string, over: Partial<HostSpec> = {}): HostSpec => ({
  name,
  kind: 'systemd',
  layer: 'fitted',
  links: [{ device: 'eth0', bridge: 'lab0', address: `10.77.0.${last}` }],
  gateway: '10.77.0.1',
  users: USERS,
  hostKeys: ['ed25519', 'rsa', 'ecdsa'],
  diskMib: 512,
  purpose,
  ...over,
})

const mail = (name: string, last: number, layer: HostSpec['layer'], purpose: string, ports: number[] = []): HostSpec =>
  debian(name, last, purpose, { layer, diskMib: 256, serves: [25, ...ports] })

const bacula = (name: string, last: number, layer: HostSpec['layer'], purpose: string): HostSpec =>
  debian(name, last, purpose, { layer, diskMib: 256, serves: [9101, 9102, 9103] })

/** The trees are made with it. */
export const MYSQL_ACCOUNT = { name: 'app', password: 'lab-app' }

/** A host with a server that listens on 127.0.0.1 alone, as Debian's package has it. */
const MYSQL = { diskMib: 512, serves: [3306], mysqlAccount: MYSQL_ACCOUNT }

/** A guest with so much memory, and room on its disk for data that do not fit into it. */
const mysqlGuest = (memoryMib: number): Partial<HostSpec> => ({
  guest: { memoryMib, rootMib: 1536 + 2 * memoryMib },
  mysqlAccount: MYSQL_ACCOUNT,
})

type UmlLayer = Extract<HostSpec['layer'], `uml${string}`>

const uml = (name: string, last: number, layer: UmlLayer, purpose: string, over: Partial<HostSpec> = {}): HostSpec =>
  debian(name, last, purpose, {
    kind: 'uml',
    layer,
    links: [{ device: 'vec0', bridge: 'lab0', address: `10.77.0.${last}` }],
    ...over,
  })

/** A guest whose kernel has ESP and ipip. */
const mesh = (name: string, last: number, layer: UmlLayer, purpose: string, like?: string) =>
  uml(name, last, layer, purpose, { like, guest: { memoryMib: 192, rootMib: 1024 } })

/** A guest with all that netfilter has, nft's `meta ipsec` and its iptables too. */
const emulated = (name: string, last: number, layer: HostSpec['layer'], purpose: string) =>
  debian(name, last, purpose, { kind: 'qemu', layer, guest: { memoryMib: 384, rootMib: 1280 } })

/** Those of the default hosts that can be members of a mesh. */
export const MESH_MEMBERS = ['quince', 'medlar', 'damson'] as const

export const DEFAULT_HOSTS: readonly HostSpec[] = [
  debian('alder', 11, 'the plain good host: Debian 12, systemd, updates pending, one failed unit'),
  debian('birch', 12, '/bin/sh is posh'),
  debian('cedar', 13, '/bin/sh is bash'),
  debian('oldnas', 14, 'an old NAS: busybox and dropbear, nothing else', {
    kind: 'busybox',
    layer: 'oldnas',
    users: [
      { name: 'root', password: 'lab-root', privilege: 'root' },
      { name: 'admin', password: 'lab-admin', privilege: 'none' },
    ],
    hostKeys: ['rsa'],
    diskMib: 64,
  }),
  debian('legacy', 15, 'an sshd of 2005: SHA-1, CBC ciphers, an ssh-rsa key', {
    kind: 'sshd',
    hostKeys: ['rsa'],
    diskMib: 128,
  }),
  debian('jump', 16, 'stands in both segments', {
    kind: 'sshd',
    links: [
      { device: 'eth0', bridge: 'lab0', address: '10.77.0.16' },
      { device: 'eth1', bridge: 'lab1', address: '10.77.1.1' },
    ],
    diskMib: 128,
  }),
  debian('inner', 0, 'reached only through jump', {
    kind: 'sshd',
    links: [{ device: 'eth0', bridge: 'lab1', address: '10.77.1.10' }],
    gateway: undefined,
    jump: 'jump',
    diskMib: 128,
  }),
  debian('hostile', 17, 'everything it says about itself is an attack'),
  debian('fir', 21, 'ifupdown holds its network, with a folder that is sourced', { layer: 'ifupdown', diskMib: 128 }),
  debian('rowan', 22, 'ifupdown holds its network, in one file', { layer: 'ifupdown', diskMib: 128 }),
  debian('hazel', 23, 'networkd holds its network', { diskMib: 128 }),
  mail('maple', 31, 'postfix', 'Postfix on Debian 12, as the package leaves it'),
  mail('linden', 32, 'postfix', 'Postfix on Debian 12, for odd configurations'),
  mail('elm', 33, 'nameserver', 'receives the mail of example.net, and knows the names', [53]),
  mail('oak', 34, 'trixie', 'Postfix on Debian 13'),
  mail('pine', 35, 'bullseye', 'Postfix on Debian 11'),
  mail('yew', 36, 'exim', 'Exim on Debian 12'),
  bacula('willow', 41, 'bacula-mariadb', 'Bacula 9.6 with its catalog in MariaDB'),
  bacula('poplar', 42, 'bacula-postgresql', 'Bacula 9.6 with its catalog in PostgreSQL'),
  bacula('aspen', 43, 'bacula-sqlite', 'Bacula 15 on Debian 13, with its catalog in SQLite'),
  debian('larch', 44, 'MariaDB 10.11 on Debian 12, as the package leaves it', { ...MYSQL, layer: 'mariadb' }),
  debian('spruce', 45, 'MariaDB 11.8 on Debian 13', { ...MYSQL, layer: 'mariadb-trixie' }),
  debian('juniper', 46, 'MariaDB 10.5 on Debian 11', { ...MYSQL, layer: 'mariadb-bullseye' }),
  debian('holly', 47, 'no MySQL server yet, but packages of one, and room in /c', { data: { at: '/c', mib: 2048 } }),
  uml('umber', 51, 'uml', 'a kernel of its own: systemd, udev, several kinds of disks'),
  uml('sienna', 52, 'uml-sysv', 'a kernel of its own: sysvinit, udev, rc.local'),
  mesh('quince', 81, 'uml-ipsec', 'strongSwan, not set up; networkd'),
  mesh('medlar', 82, 'uml-ipsec-ifupdown', 'strongSwan, not set up; ifupdown'),
  mesh('damson', 83, 'uml', 'no strongSwan yet; networkd'),
]

/** At most this many `many` hosts: their addresses are 10.77.0.101 to 10.77.0.200. */
export const MANY_LIMIT = 100

/** n01, n02, …: plain hosts that run only sshd, for measurements. */
export function manyHosts(count: number): HostSpec[] {
  return numbered(count).map((at) =>
    debian(`n${twoDigits(at)}`, 100 + at, 'one of many', { kind: 'sshd', hostKeys: ['ed25519'], diskMib: 128 }),
  )
}

/**
 * f01 to f16, like fir and rowan by turns, and w01 to w08, like hazel: for what takes long and can be done side by side.
 * cobalt and m512 to m4096: for what is measured alone. A server takes minutes to start there while others are at work.
 */
const MORE_HOSTS: readonly HostSpec[] = [
  ...numbered(16).map((at) =>
    debian(`f${twoDigits(at)}`, at <= 8 ? 60 + at : 80 + at, 'one more', {
      layer: 'ifupdown',
      diskMib: 128,
      like: at % 2 === 1 ? 'fir' : 'rowan',
    }),
  ),
  ...numbered(8).map((at) => debian(`w${twoDigits(at)}`, 70 + at, 'one more', { diskMib: 128, like: 'hazel' })),
  uml('cobalt', 53, 'uml-mariadb', '256 MiB of memory: sysvinit, MariaDB 10.11', mysqlGuest(256)),
  ...[512, 1024, 2048, 4096].map((mib, index) =>
    uml(`m${mib}`, 54 + index, 'uml-mariadb', `${mib} MiB of memory: MariaDB`, { ...mysqlGuest(mib), like: 'cobalt' }),
  ),
  mesh('mulberry', 84, 'uml-ipsec', 'one more', 'quince'),
  mesh('walnut', 85, 'uml-ipsec-ifupdown', 'one more', 'medlar'),
  mesh('almond', 86, 'uml-ipsec', 'one more', 'quince'),
  mesh('citron', 87, 'uml', 'one more', 'damson'),
  mesh('nutmeg', 88, 'uml-starter', 'strongSwan by ipsec.conf, as Debian’s package starts it; networkd'),
  emulated('plum', 91, 'qemu-ufw', 'Debian’s own kernel: nftables, ufw (not in force); strongSwan'),
  emulated('peach', 92, 'qemu-firewalld', 'Debian’s own kernel: firewalld; strongSwan'),
]

function numbered(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function twoDigits(at: number): string {
  return String(at).padStart(2, '0')
}

/** The host of this name, be it of the default set, one more of a kind, or one of many. */
export function findSpec(name: string): HostSpec | undefined {
  const known = [...DEFAULT_HOSTS, ...MORE_HOSTS].find((host) => host.name === name)
  if (known || !/^n\d{2,3}$/.test(name)) return known
  return manyHosts(MANY_LIMIT).find((host) => host.name === name)
}
