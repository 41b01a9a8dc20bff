import { type IpsecDesired, ipsecFacts } from '@/agents/ipsec'
import { FORGET_MESH, FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import { findSpec } from '@/e2e/lab/hosts'
import type { Subject, SubjectHost } from '../subjects'

const members = ['quince', 'medlar'] as const
const inner = { quince: '10.20.0.1', medlar: '10.20.0.2' } as const

// What a preparation leaves: the daemon runs, and the host has a key of its own.
const reset = `key=/etc/swanctl/private/pollux.pem
if [ ! -s $key ]; then
  (umask 077; pki --gen --type rsa --size 3072 --outform pem >$key 2>/dev/null) || exit 1
  pki --pub --in $key --outform pem >/etc/swanctl/pubkey/pollux.pem 2>/dev/null || exit 1
fi
systemctl enable -q strongswan
systemctl is-active -q strongswan || systemctl start strongswan || exit 1
${FORGET_MESH}`

/** Two members, the smallest mesh: files, firewall, tunnels, associations and traps, in five phases under one guard. */
export const ipsecSubject: Subject = {
  id: 'ipsec',
  agentId: 'ipsec',
  hosts: [[...members]],
  makes: [],
  tells: {
    script: `export PATH=$PATH:/usr/sbin:/sbin
printf 'policies of IP-IP\\t%s\\n' "$(ip xfrm policy | grep -cE 'proto (4|ipencap|ipip)')"
printf 'connections\\t%s\\n' "$(swanctl --list-conns 2>/dev/null | grep -c '^lab-')"
printf 'tunnels\\t%s\\n' "$(ip -o tunnel show | grep -c '^lab-')"
printf 'chains\\t%s\\n' "$({ iptables -S; nft list ruleset; } 2>/dev/null | grep -ci 'pollux[-_]lab' | sed 's/^[1-9].*/some/')"`,
    applied: (host) => {
      const peer = members.find((name) => name !== host) ?? ''
      const own = host === 'quince' ? inner.quince : inner.medlar
      return {
        'policies of IP-IP': '2',
        connections: '1',
        tunnels: '1',
        chains: 'some',
        [`address lab-${peer} ${own}`]: 'is there',
      }
    },
  },
  reset,
  leave: FORGET_MESH_AND_KEY,
  desired: (hosts): IpsecDesired => ({
    ...{ kind: 'mesh', tag: 'lab', name: 'Lab', prefix: '10.20.0.0/24', profile: 'modern' },
    members: hosts.map((host) => ({ hostId: host.id, label: host.name, outer: outerOf(host), inner: innerOf(host) })),
    leaving: [],
    innerNames: false,
    foreign: [],
  }),
}

function outerOf({ name, facts }: SubjectHost): string {
  const outer = findSpec(name)?.links[0].address ?? ''
  if (!ipsecFacts.parse(facts).devices.some(({ addresses }) => addresses.some(({ host }) => host === outer)))
    throw new Error(`expected ${name} to have ${outer}`)
  return outer
}

function innerOf({ name }: SubjectHost): string {
  const found = members.find((member) => member === name)
  if (!found) throw new Error(`expected one of ${members.join(', ')}, got ${name}`)
  return inner[found]
}
