import { defineProbe } from '@/lib/agent'
import { INTERFACES, INTERFACES_FOLDER } from '@/lib/agent/sourced-interfaces'
import type { FailoverFacts } from './facts'
import { parseFacts } from './parse-facts'
import { NETPLAN_FOLDER } from './paths'

const CONFIG = [
  `${INTERFACES_FOLDER}/*`,
  '/etc/systemd/network/*.network',
  '/etc/systemd/network/*.network.d/*.conf',
  '/run/systemd/network/*.network',
  '/run/systemd/network/*.network.d/*.conf',
  '/usr/local/lib/systemd/network/*.network',
  '/usr/lib/systemd/network/*.network',
  '/lib/systemd/network/*.network',
  `${NETPLAN_FOLDER}/*.yaml`,
]

/**
 * Everything the agent asks of a host. NetworkManager's own profiles are not among it: they hold keys of wireless
 * networks, and which devices it manages stands in /run.
 */
const readings = {
  programs: { kind: 'programs', names: ['ip', 'arping', 'ping', 'ifup'] },
  addresses: { kind: 'command', argv: ['ip', '-o', 'addr', 'show'] },
  links: { kind: 'command', argv: ['ip', '-o', 'link', 'show'] },
  route4: { kind: 'command', argv: ['ip', '-4', 'route', 'show', 'default'] },
  route6: { kind: 'command', argv: ['ip', '-6', 'route', 'show', 'default'] },
  ifupdown: { kind: 'command', argv: ['dpkg-query', '-s', 'ifupdown'] },
  interfaces: { kind: 'document', path: INTERFACES },
  interfacesFolder: { kind: 'document', path: INTERFACES_FOLDER },
  config: { kind: 'files', globs: CONFIG },
  // Only what may be written is put back with its mode. Of a link its own; busybox and old coreutils say %F alike.
  modes: {
    kind: 'each',
    globs: CONFIG.filter((glob) => glob.startsWith('/etc/')),
    argv: ['stat', '-c', '%a %U %G %F'],
  },
  state: {
    kind: 'files',
    globs: [
      '/run/systemd/netif/links/*',
      '/run/NetworkManager/devices/*',
      '/run/NetworkManager/system-connections/netplan-*',
      '/run/network/ifstate',
      '/run/network/ifstate.*',
      '/etc/network/run/ifstate',
      '/var/run/network/ifstate',
      '/proc/sys/net/ipv4/conf/*/promote_secondaries',
      '/etc/sysconfig/network-scripts/ifcfg-*',
      '/run/dhcpcd/pid',
      '/run/connman/resolv.conf',
    ],
  },
  tcp4: { kind: 'file', path: '/proc/net/tcp', maxBytes: 262_144 },
  tcp6: { kind: 'file', path: '/proc/net/tcp6', maxBytes: 262_144 },
} as const

export const failoverProbe = defineProbe<'failover-ip', FailoverFacts, keyof typeof readings>({
  id: 'failover-ip',
  timeoutS: 20,
  readings,
  parse: parseFacts,
})
