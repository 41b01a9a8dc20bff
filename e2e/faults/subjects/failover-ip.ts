import type { FailoverDesired } from '@/agents/failover-ip'
import type { Subject, SubjectHost } from '../subjects'

const alone = '192.0.2.80/32'
const moved = '192.0.2.81/32'
const guests = ['umber', 'sienna']
const stanza = `auto eth0:0\\niface eth0:0 inet static\\n\\taddress ${moved}\\n`

// Its own copy of /etc/network/interfaces, made before the first change, brings the file back as it was.
const reset = `for device in eth0 vec0; do
  for address in ${alone} ${moved}; do ip addr del "$address" dev "$device" 2>/dev/null; done
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
  makes: [],
  reset: `${reset}true`,
  leave,
  desired: ([host]): FailoverDesired => ({
    operation: 'add',
    address: alone,
    to: placeOn(host),
    keep: 'boot',
    announce: true,
  }),
}

/** One address from one host to another, which must never be on both. */
export const failoverMoveSubject: Subject = {
  id: 'failover-move',
  agentId: 'failover-ip',
  hosts: [['fir', 'rowan']],
  makes: [],
  reset: `${reset}if [ "$(uname -n)" = fir ]; then
  printf '${stanza}' > /etc/network/interfaces.d/pollux-failover-192-0-2-81
  ip addr add ${moved} dev eth0 label eth0:0
fi`,
  leave,
  desired: (hosts): FailoverDesired => ({
    operation: 'move',
    address: moved,
    from: placeOn(hosts.find((host) => host.name === 'fir')),
    to: placeOn(hosts.find((host) => host.name === 'rowan')),
    keep: 'boot',
    announce: true,
  }),
}

function placeOn(host: SubjectHost | undefined): { hostId: string; device: string } {
  if (!host) throw new Error('expected the hosts of the subject')
  return { hostId: host.id, device: guests.includes(host.name) ? 'vec0' : 'eth0' }
}
