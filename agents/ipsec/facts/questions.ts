import { INTERFACES } from '@/lib/agent/sourced-interfaces'
import { HOOKS_FOLDER, NFTABLES_LINK, SAVED_RULES, UFW_RULES } from '../firewall/names'
import { IPSEC_D, OWN_KEY, STARTER_KEY, STARTER_KEYS, SWANCTL_CONF, SWANCTL_PUBLIC } from '../paths'
import { NETWORKD_FOLDER, UNIT_FOLDER, WANTS_FOLDER } from '../tunnel/paths'
import { PACKAGES } from './parse-install'
import { MODULES } from './parse-kernel'
import { UNIT_PROPERTIES } from './parse-units'

/** Folders whose files Pollux may write or must respect: at most 4 KiB each, so that a mesh of hundreds costs no process each. */
const FOLDERS = [
  SWANCTL_CONF,
  SWANCTL_PUBLIC,
  '/etc/network/interfaces.d',
  HOOKS_FOLDER,
  NETWORKD_FOLDER,
  '/etc/netplan',
  '/etc/iptables',
  '/etc/nftables.d',
  '/etc/modules-load.d',
  IPSEC_D,
  STARTER_KEYS,
  // Of packages and generators: they decide which .network file counts for a device.
  '/run/systemd/network',
  '/usr/lib/systemd/network',
] as const

/** Of what lies here the names alone are read, never a word. */
const KEY_FOLDERS = [OWN_KEY, STARTER_KEY].map((path) => path.slice(0, path.lastIndexOf('/')))

/** Folders in which Pollux's own names alone are of interest. */
const OWN = [UNIT_FOLDER, WANTS_FOLDER] as const

/**
 * Larger files that are edited in place, or tell who else is at work; links, by which units are enabled; and the rules of
 * any mesh, which grow with it. Each costs some processes, and no more than 50 are read.
 */
const DOCUMENTS = [
  INTERFACES,
  '/etc/hosts',
  '/etc/swanctl/swanctl.conf',
  '/etc/ipsec.conf',
  '/etc/racoon/racoon.conf',
  '/etc/ipsec-tools.conf',
  SAVED_RULES,
  '/etc/nftables.conf',
  '/etc/ufw/ufw.conf',
  UFW_RULES,
  '/etc/pollux/*',
  NFTABLES_LINK,
  '/etc/systemd/system/sysinit.target.wants/pollux-*',
  '/etc/systemd/system/nftables.service.d/pollux-*',
  '/etc/firewalld/zones/pollux-*',
  '/etc/firewalld/policies/pollux-*',
] as const

const UNITS = [
  'strongswan.service',
  'strongswan-swanctl.service',
  'strongswan-starter.service',
  'ipsec.service',
  'racoon.service',
  'nftables.service',
  'netfilter-persistent.service',
  'ufw.service',
  'firewalld.service',
  'shorewall.service',
] as const

const simulation = ['-s', '-o', 'Debug::NoLocking=1', '-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=']

/** Room for what some hundred tunnels say. */
const MANY = 1_048_576

function modinfo(module: string) {
  return { kind: 'command', argv: ['modinfo', '-n', module], timeoutS: 5, maxBytes: 4096 } as const
}

/** What is asked of a host, by name. Nothing in it reads a private key, ipsec.secrets, or the kernel's keys. */
export const readings = {
  programs: {
    kind: 'programs',
    names: [
      ...['ip', 'swanctl', 'charon-systemd', 'pki', 'ipsec', 'racoon', 'setkey', 'tcpdump', 'ping', 'apt-get'],
      ...['iptables', 'iptables-save', 'iptables-restore', 'nft', 'ufw', 'firewall-cmd', 'shorewall', 'ifup', 'nmcli'],
    ],
  },
  system: {
    kind: 'files',
    globs: ['/proc/1/comm', '/proc/sys/kernel/osrelease', '/proc/[0-9]*/comm', '/proc/net/xfrm_stat'],
  },
  packages: {
    kind: 'command',
    argv: [
      'dpkg-query',
      '-W',
      '-f',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own names.
      '${Status} ${Package} ${Version}\n',
      ...['strongswan*', 'charon-systemd', 'libstrongswan*', 'libreswan', 'racoon', 'iptables-persistent'],
    ],
  },
  daemonPaths: {
    kind: 'command',
    argv: [
      'ls',
      '-d',
      ...['/usr/lib/ipsec/starter', '/usr/libexec/ipsec/starter', '/usr/libexec/strongswan/starter'],
      ...['/usr/lib/ipsec/pluto', '/usr/libexec/ipsec/pluto'],
    ],
  },
  swanctlVersion: {
    kind: 'first-of',
    of: [
      { kind: 'file', path: '/var/lib/dpkg/info/strongswan-swanctl.list', maxBytes: 16 },
      { kind: 'command', argv: ['swanctl', '--version'] },
    ],
  },
  install: {
    kind: 'first-of',
    of: [
      { kind: 'file', path: '/usr/sbin/charon-systemd', maxBytes: 4 },
      { kind: 'command', argv: ['apt-get', ...simulation, 'install', ...PACKAGES], timeoutS: 20 },
    ],
  },
  units: { kind: 'command', argv: ['systemctl', 'show', '-p', UNIT_PROPERTIES, ...UNITS] },
  initScripts: { kind: 'links', globs: ['/etc/rc[2-5].d/S[0-9][0-9]*'] },
  modules: { kind: 'file', path: '/proc/modules' },
  hasEsp: modinfo(MODULES.hasEsp),
  hasIpip: modinfo(MODULES.hasIpip),
  hasXfrm: modinfo(MODULES.hasXfrm),
  hasPolicyMatch: modinfo(MODULES.hasPolicyMatch),
  addresses: { kind: 'command', argv: ['ip', '-o', 'addr', 'show'], maxBytes: MANY },
  links: { kind: 'command', argv: ['ip', '-o', 'link', 'show'], maxBytes: MANY },
  tunnels: { kind: 'command', argv: ['ip', 'tunnel', 'show'] },
  routes: {
    kind: 'first-of',
    of: [
      { kind: 'command', argv: ['ip', '-4', 'route', 'show', 'table', 'all'], maxBytes: MANY },
      { kind: 'command', argv: ['ip', '-4', 'route', 'show'], maxBytes: MANY },
    ],
  },
  stackState: {
    kind: 'files',
    globs: [
      '/run/systemd/netif/links/*',
      '/run/NetworkManager/devices/*',
      '/run/network/ifstate',
      '/run/network/ifstate.*',
      '/etc/network/run/ifstate',
      '/var/run/network/ifstate',
      '/etc/sysconfig/network-scripts/ifcfg-*',
      '/run/dhcpcd/pid',
      '/run/connman/resolv.conf',
    ],
  },
  smallFiles: {
    kind: 'files',
    globs: [...FOLDERS.map((folder) => `${folder}/*`), ...OWN.map((folder) => `${folder}/pollux-*`)],
  },
  listing: {
    kind: 'command',
    argv: ['ls', '-l', ...FOLDERS, ...OWN, ...KEY_FOLDERS],
    maxBytes: MANY,
  },
  documents: { kind: 'documents', globs: DOCUMENTS },
  connections: { kind: 'command', argv: ['swanctl', '--list-conns', '--pretty'], timeoutS: 15, maxBytes: MANY },
  sas: { kind: 'command', argv: ['swanctl', '--list-sas', '--pretty'], timeoutS: 15, maxBytes: MANY },
  statusall: { kind: 'command', argv: ['ipsec', 'statusall'], timeoutS: 15, maxBytes: MANY },
  policies: { kind: 'command', argv: ['ip', 'xfrm', 'policy'], maxBytes: MANY },
  iptablesVersion: { kind: 'command', argv: ['iptables', '-V'] },
  iptablesSave: { kind: 'command', argv: ['iptables-save'], maxBytes: MANY },
  legacySave: { kind: 'command', argv: ['iptables-legacy-save'], maxBytes: MANY },
  nft: {
    kind: 'first-of',
    of: [
      { kind: 'command', argv: ['nft', '-s', 'list', 'ruleset'], maxBytes: MANY },
      { kind: 'command', argv: ['nft', 'list', 'ruleset'], maxBytes: MANY },
    ],
  },
  tcp4: { kind: 'file', path: '/proc/net/tcp', maxBytes: 262_144 },
  tcp6: { kind: 'file', path: '/proc/net/tcp6', maxBytes: 262_144 },
  clock: { kind: 'command', argv: ['date', '+%s'] },
} as const
