import { expect, it } from 'vitest'
import { type StackEvidence, stackOf } from './stack'

const device = { name: 'eth0', index: 2 }
const networkd = [
  '/run/systemd/netif/links/2',
  'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/a.network\n',
] as const
const interfaces = (bytes: string) => ({
  '/etc/network/interfaces': {
    state: 'there',
    type: 'file',
    mode: '0644',
    owner: 'root',
    group: 'root',
    bytes,
  } as const,
})

function asked(state: readonly (readonly [string, string])[], evidence: Partial<StackEvidence> = {}) {
  return stackOf(device, { state: new Map(state), files: {}, hasIfup: false, ...evidence })
}

it('tells by what each program itself says', () => {
  const files = interfaces('auto lo eth0\niface lo inet loopback\niface eth0 inet static\n')
  const netplan = [
    networkd[0],
    networkd[1].replace('/etc/systemd/network/a', '/run/systemd/network/10-netplan-eth0'),
  ] as const
  const manager = ['/run/NetworkManager/devices/2', '[device]\nmanaged=true\n'] as const
  expect(asked([networkd])).toBe('networkd')
  expect(asked([netplan])).toBe('netplan')
  expect(asked([manager])).toBe('networkmanager')
  expect(asked([], { files, hasIfup: true })).toBe('ifupdown')
  expect(asked([['/run/network/ifstate', 'lo=lo\neth0=eth0\n']], { files, hasIfup: true })).toBe('ifupdown')
  expect(asked([['/run/dhcpcd/pid', '1']])).toBe('other')
  expect(asked([])).toBe('none')
})

it('takes no claim of what does not hold the device now', () => {
  const files = interfaces('iface eth0 inet static\n')
  expect(asked([['/run/network/ifstate', 'lo=lo\n']], { files, hasIfup: true })).toBe('none')
  expect(asked([['/run/network/ifstate.eth0', 'eth0\n'], networkd], { files, hasIfup: true })).toBe('unclear')
  expect(asked([[networkd[0], 'ADMIN_STATE=unmanaged\n']])).toBe('none')
  expect(asked([], { files: interfaces('# iface eth0 inet static\n'), hasIfup: true })).toBe('none')
  expect(asked([], { files })).toBe('none')
})
