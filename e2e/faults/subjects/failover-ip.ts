import type { FailoverDesired } from '@/agents/failover-ip'
import type { Subject, SubjectHost } from '../subjects'

const guests = ['umber', 'sienna']
const likeFir = ['f03', 'f05', 'f07', 'f09', 'f11', 'f13', 'f15']
const likeRowan = ['f04', 'f06', 'f08', 'f10', 'f12', 'f14', 'f16']
const likeHazel = ['w01', 'w02', 'w03', 'w04', 'w05', 'w06', 'w07', 'w08']
const more = [...likeFir, ...likeRowan, ...likeHazel]
// Each its own address: what one host has, another must find taken.
const alone = ['fir', 'hazel', ...guests, ...more]
const addedOn = (name: string) => `192.0.2.${80 + alone.indexOf(name)}/32`
const pairs = [
  ['fir', 'rowan'],
  ['f01', 'f02'],
  ...likeFir.map((name, at) => [name, likeRowan[at] ?? ''] as const),
] as const
const movedOf = (name: string) => `192.0.2.${60 + pairs.findIndex((pair) => pair.some((each) => each === name))}/32`
const all = [...alone.map(addedOn), ...pairs.map(([donor]) => movedOf(donor))]

// Its own copy of /etc/network/interfaces, made before the first change, brings the file back as it was.
const reset = `for device in eth0 vec0; do
  for address in ${all.join(' ')}; do ip addr del "$address" dev "$device" 2>/dev/null; done
done
if [ -f /etc/network/interfaces ]; then
  [ -f /root/interfaces.lab ] || cp -a /etc/network/interfaces /root/interfaces.lab
  cp -a /root/interfaces.lab /etc/network/interfaces
  rm -f /etc/network/interfaces.d/pollux-failover-*
fi
rm -rf /etc/systemd/network/*.network.d
`

const leave = `${reset}rm -f /root/interfaces.lab`

/** An address more, live and kept over a boot, under ifupdown and under networkd, also on kernels of their own. */
export const failoverSubject: Subject = {
  id: 'failover-ip',
  agentId: 'failover-ip',
  hosts: [['fir'], ['hazel'], ['umber'], ['sienna']],
  alike: [likeFir.map((name) => [name]), likeHazel.map((name) => [name])],
  more: more.map((name) => [name]),
  makes: [],
  reset: `${reset}true`,
  leave,
  desired: ([host]): FailoverDesired => ({
    operation: 'add',
    address: addedOn(host?.name ?? ''),
    to: placeOn(host),
    keep: 'boot',
    announce: true,
  }),
}

/** One address from one host to another, which must never be on both. */
export const failoverMoveSubject: Subject = {
  id: 'failover-move',
  agentId: 'failover-ip',
  hosts: pairs.slice(0, 2),
  alike: [pairs.slice(2, 6), pairs.slice(6)],
  makes: [],
  reset: `${reset}case "$(uname -n)" in
${pairs.map(([donor]) => `${donor}) ${holding(movedOf(donor))} ;;`).join('\n')}
esac`,
  leave,
  desired: (hosts): FailoverDesired => ({
    operation: 'move',
    address: movedOf(hosts[0]?.name ?? ''),
    from: placeOn(hosts.find(({ name }) => pairs.some(([donor]) => donor === name))),
    to: placeOn(hosts.find(({ name }) => pairs.some(([, receiver]) => receiver === name))),
    keep: 'boot',
    announce: true,
  }),
}

// As the agent itself keeps and holds it.
function holding(address: string): string {
  const stanza = `auto eth0:0\\niface eth0:0 inet static\\n\\taddress ${address}\\n`
  const file = `pollux-failover-${address.replace('/32', '').replaceAll('.', '-')}`
  return `printf '${stanza}' > /etc/network/interfaces.d/${file}; ip addr add ${address} dev eth0 label eth0:0`
}

function placeOn(host: SubjectHost | undefined): { hostId: string; device: string } {
  if (!host) throw new Error('expected the hosts of the subject')
  return { hostId: host.id, device: guests.includes(host.name) ? 'vec0' : 'eth0' }
}
