import { type IpsecDesired, ipsecFacts } from '@/agents/ipsec'
import { packages } from '@/agents/ipsec/prepare/plan-prepare'
import { FORGET_MESH, FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import { findSpec, MESH_MEMBERS } from '@/e2e/lab/hosts'
import type { Subject, SubjectHost } from '../subjects'

const members = MESH_MEMBERS
const inner = { quince: '10.20.0.1', medlar: '10.20.0.2', damson: '10.20.0.3' } as const

// What a preparation leaves: the daemon runs, and the host has a key of its own.
const reset = `if ! command -v swanctl >/dev/null || ! command -v pki >/dev/null; then
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y ${packages.join(' ')} >/dev/null || exit 1
  systemctl disable -q --now strongswan
fi
key=/etc/swanctl/private/pollux.pem
if [ ! -s $key ]; then
  (umask 077; pki --gen --type rsa --size 3072 --outform pem >$key 2>/dev/null) || exit 1
  pki --pub --in $key --outform pem >/etc/swanctl/pubkey/pollux.pem 2>/dev/null || exit 1
fi
systemctl enable -q strongswan
systemctl is-active -q strongswan || systemctl start strongswan || exit 1
${FORGET_MESH}`

/** Three members and their three pairs: files, firewall, tunnels, associations and traps, in phases under one guard. */
export const ipsecSubject: Subject = {
  id: 'ipsec',
  agentId: 'ipsec',
  hosts: [[...members]],
  makes: ['/etc/systemd/system/sysinit.target.wants/pollux-lab-firewall.service'],
  tells: {
    script: `export PATH=$PATH:/usr/sbin:/sbin
printf 'policies of IP-IP\\t%s\\n' "$(ip xfrm policy | grep -cE 'proto (4|ipencap|ipip)')"
printf 'connections\\t%s\\n' "$(swanctl --list-conns 2>/dev/null | grep -c '^lab-')"
printf 'tunnels\\t%s\\n' "$(ip -o tunnel show | grep -c '^lab-')"
printf 'chains\\t%s\\n' "$({ iptables -S; nft list ruleset; } 2>/dev/null | grep -ci 'pollux[-_]lab' | sed 's/^[1-9].*/some/')"`,
    applied: (host) => {
      const own = members.find((name) => name === host)
      if (!own) throw new Error(`expected one of ${members.join(', ')}, got ${host}`)
      const peers = members.filter((name) => name !== own)
      return {
        'policies of IP-IP': String(2 * peers.length),
        connections: String(peers.length),
        tunnels: String(peers.length),
        chains: 'some',
        ...Object.fromEntries(peers.map((peer) => [`address lab-${peer} ${inner[own]}`, 'is there'])),
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
