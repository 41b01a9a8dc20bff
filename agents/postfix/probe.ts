import { defineProbe } from '@/lib/agent'
import type { PostfixFacts } from './facts'
import { parseFacts } from './parse-facts'
import { NONLOCAL_PATH, nonlocalKnob, PRIMARY } from './paths'
import { withoutSecrets } from './without-secrets'

/** Everything the agent asks of a host. */
const readings = {
  programs: {
    kind: 'programs',
    names: ['postfix', 'postconf', 'postmulti', 'sendmail', 'systemctl', 'ip', 'ss', 'netstat', 'sysctl', 'apt-get'],
  },
  defaults: { kind: 'command', argv: ['postconf', '-d'], maxBytes: 262_144 },
  instances: { kind: 'command', argv: ['postmulti', '-l'] },
  files: {
    kind: 'documents',
    globs: [
      `${PRIMARY}/main.cf`,
      `${PRIMARY}/master.cf`,
      `${PRIMARY}/pollux-senders`,
      `${PRIMARY}-*/main.cf`,
      `${PRIMARY}-*/master.cf`,
      `${PRIMARY}-*/pollux-senders`,
      '/etc/systemd/system/postfix*.service.d/50-pollux-addresses.conf',
      NONLOCAL_PATH,
      '/etc/init.d/postfix',
    ],
  },
  units: {
    kind: 'command',
    argv: [
      'systemctl',
      'show',
      '-p',
      'Id,Type,LoadState,ActiveState',
      'postfix.service',
      'postfix@-.service',
      'postfix@*',
    ],
  },
  addresses: { kind: 'command', argv: ['ip', '-o', 'addr', 'show'] },
  links: { kind: 'command', argv: ['ip', '-o', 'link', 'show'] },
  sockets: {
    kind: 'first-of',
    of: [
      { kind: 'command', argv: ['ss', '-ltnp'] },
      { kind: 'command', argv: ['netstat', '-ltnp'] },
    ],
  },
  tcp4: { kind: 'file', path: '/proc/net/tcp', maxBytes: 262_144 },
  tcp6: { kind: 'file', path: '/proc/net/tcp6', maxBytes: 262_144 },
  nonlocal4: { kind: 'file', path: nonlocalKnob(4) },
  nonlocal6: { kind: 'file', path: nonlocalKnob(6) },
  mounts: { kind: 'file', path: '/proc/mounts' },
  queue: { kind: 'command', argv: ['postqueue', '-p'], timeoutS: 5, maxBytes: 1_048_576 },
} as const

export const postfixProbe = defineProbe<'postfix', PostfixFacts, keyof typeof readings>({
  id: 'postfix',
  timeoutS: 20,
  readings,
  parse: parseFacts,
  keep: withoutSecrets,
})
