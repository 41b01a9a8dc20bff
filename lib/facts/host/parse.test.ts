import { describe, expect, it } from 'vitest'
import type { NotRead, RawReading } from '@/lib/agent'
import { parseAddresses } from './addresses'
import { parseCertificates } from './certificates'
import { clockSkew, parseClock } from './clock'
import { parseDisks } from './disks'
import { parseFileSystems } from './file-systems'
import { parseHardware } from './hardware'
import { parseInit } from './init'
import { parseInstalledKernel } from './installed-kernel'
import { parseMemory } from './memory'
import { networkOwnerOf, parseNetworkFiles } from './network-owner'
import { parseOs } from './os'
import { parseReboot } from './reboot'
import { ipv6Text, parseRoutes } from './routes'
import { parseServices } from './services'
import { parseShares } from './shares'
import { parseUpdateNotice, parseUpdates } from './updates'
import { parseUptime } from './uptime'

const text = (value: string, exitCode = 0): RawReading => ({
  state: 'read',
  kind: 'text',
  text: value,
  truncated: false,
  exitCode,
  branch: 0,
})
const paths = (value: Record<string, string>): RawReading => ({
  state: 'read',
  kind: 'by-path',
  byPath: new Map(Object.entries(value)),
  truncated: false,
})
const none = (why: NotRead = 'absent'): RawReading => ({ state: 'not-read', why, detail: `it is ${why}` })

describe('parseOs', () => {
  const nothing = { release: none(), debian: none(), readynas: none(), issue: none(), programs: paths({}) }

  it('takes os-release, and the point release of Debian from its own file', () => {
    const release = text(
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    )
    expect(parseOs({ ...nothing, release, debian: text('12.11\n') })).toMatchObject({
      value: { id: 'debian', name: 'Debian GNU/Linux 12 (bookworm)', version: '12.11', codename: 'bookworm' },
    })
    const ubuntu = text(
      `NAME='Ubuntu'\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu \\"24.04\\" LTS"\n`,
    )
    expect(parseOs({ ...nothing, release: ubuntu, debian: text('trixie/sid\n') })).toMatchObject({
      value: { id: 'ubuntu', name: 'Ubuntu "24.04" LTS', version: '24.04', like: ['debian'] },
    })
  })

  it('takes what old systems have', () => {
    expect(parseOs({ ...nothing, debian: text('4.0\n') })).toMatchObject({ value: { id: 'debian', version: '4.0' } })
    const readynas = text('RAIDiator!!version=4.1.16,time=1424204514,arch=sparc\n')
    expect(parseOs({ ...nothing, readynas, debian: text('3.1\n') })).toMatchObject({
      value: { id: 'readynas', version: '4.1.16', name: 'ReadyNAS RAIDiator 4.1.16' },
    })
    expect(parseOs({ ...nothing, issue: text('\\S release 5 \\r on \\m\n') })).toMatchObject({ state: 'read' })
    expect(parseOs({ ...nothing, programs: paths({ busybox: '/bin/busybox' }) })).toMatchObject({
      value: { id: 'busybox' },
    })
    expect(parseOs(nothing)).toMatchObject({ state: 'not-read', why: 'absent' })
  })
})

describe('parseUptime', () => {
  it('reads the three files, and says why when there is no uptime', () => {
    const files = paths({ '/proc/uptime': '4081.83 7000.1\n', '/proc/loadavg': '6.72 5.37 3.98 3/330 1\n' })
    expect(parseUptime({ files })).toEqual({
      state: 'read',
      value: { uptimeS: 4081.83, bootId: null, load: [6.72, 5.37, 3.98] },
    })
    expect(parseUptime({ files: none('denied') })).toMatchObject({ why: 'denied' })
    expect(parseUptime({ files: paths({ '/proc/uptime': 'x' }) })).toMatchObject({ why: 'failed' })
  })
})

describe('parseHardware', () => {
  const read = (files: Record<string, string>, cpuinfo = '', online = '0-1\n') =>
    parseHardware({ online: text(online), cpuinfo: text(cpuinfo), files: paths(files) })
  const dmi = (vendor: string, product: string) => ({
    '/sys/class/dmi/id/sys_vendor': `${vendor}\n`,
    '/sys/class/dmi/id/product_name': `${product}\n`,
  })

  it.each([
    ['a machine', dmi('Supermicro', 'X11SSL-F'), '', { kind: 'physical', platform: null }],
    ['KVM', dmi('QEMU', 'Standard PC (Q35 + ICH9, 2009)'), '', { kind: 'virtual', platform: 'kvm' }],
    ['VMware', dmi('VMware, Inc.', 'VMware7,1'), '', { kind: 'virtual', platform: 'vmware' }],
    ['user-mode Linux', {}, 'vendor_id\t: User Mode Linux\nmodel name\t: UML\n', { kind: 'virtual', platform: 'uml' }],
    [
      'a container',
      { '/run/systemd/container': 'lxc\n', ...dmi('Dell', 'R720') },
      '',
      { kind: 'container', platform: 'lxc' },
    ],
    ['an unknown hypervisor', {}, 'flags\t\t: fpu hypervisor lm\n', { kind: 'virtual', platform: null }],
    ['Xen', { '/sys/hypervisor/type': 'xen\n' }, '', { kind: 'virtual', platform: 'xen' }],
    ['an old NAS', {}, 'cpu\t\t: LEON padre\n', { kind: 'unknown', platform: null, cpuModel: 'LEON padre' }],
  ])('knows %s', (_, files, cpuinfo, expected) => {
    expect(read(files, cpuinfo)).toMatchObject({ state: 'read', value: expected })
  })

  it('counts processors', () => {
    expect(read({}, '', '0-3,8,10-11\n')).toMatchObject({ value: { cpus: 7 } })
    expect(read({}, '', 'cpu  1 2\ncpu0 1 2\ncpu1 1 2\nintr 1\n')).toMatchObject({ value: { cpus: 2 } })
    expect(read({}, '', 'x')).toMatchObject({ value: { cpus: null } })
  })
})

describe('parseInit', () => {
  const read = (process: string, inittab: RawReading = none(), programs = {}) =>
    parseInit({ process: text(process), inittab, marks: paths({}), programs: paths(programs) })

  it.each([
    [read('systemd\n'), 'systemd'],
    [read('1 (init) S 0 1 1', text('id:2:initdefault:\nsi::sysinit:/etc/init.d/rcS\n')), 'sysvinit'],
    [read('init\n', text('::sysinit:/etc/init.d/rcS\n')), 'busybox'],
    [read('init\n', none(), { busybox: '/bin/busybox' }), 'busybox'],
    [read('init\n', none(), { initctl: '/sbin/initctl' }), 'upstart'],
    [read('sshd\n'), 'other'],
  ])('tells process 1: %#', (result, system) => {
    expect(result).toMatchObject({ value: { system } })
  })
})

describe('parseMemory', () => {
  it('reads sizes and pressure', () => {
    const meminfo = text(
      'MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  400 kB\nSwapTotal:  10 kB\nSwapFree:  5 kB\n',
    )
    const line = 'avg10=1.50 avg60=2.00 avg300=3.25 total=1'
    const pressure = paths({
      '/proc/pressure/memory': `some ${line}\nfull ${line}\n`,
      '/proc/pressure/cpu': `some ${line}\n`,
    })
    expect(parseMemory({ meminfo, pressure })).toMatchObject({
      value: {
        totalBytes: 1_024_000,
        availableBytes: 409_600,
        swapFreeBytes: 5120,
        pressure: { memory: { some: { avg300: 3.25 }, full: { avg10: 1.5 } }, cpu: { full: null }, io: null },
      },
    })
  })

  it('reckons what is available on kernels that do not tell', () => {
    const meminfo = text('MemTotal:  1000 kB\nMemFree:  100 kB\nBuffers:  20 kB\nCached:  30 kB\nSwapTotal:  0 kB\n')
    expect(parseMemory({ meminfo, pressure: paths({}) })).toMatchObject({
      value: { availableBytes: 150 * 1024, pressure: null },
    })
    expect(parseMemory({ meminfo: text('no such thing'), pressure: none() })).toMatchObject({ state: 'not-read' })
  })
})

describe('parseClock', () => {
  it('knows how finely the host tells', () => {
    expect(parseClock({ date: text('1700000000.250000000\n') })).toMatchObject({
      value: { epochMs: 1_700_000_000_250, resolutionMs: 0 },
    })
    for (const coarse of ['1700000000.%N\n', '1700000000.\n', '1700000000.N\n']) {
      expect(parseClock({ date: text(coarse) })).toMatchObject({
        value: { epochMs: 1_700_000_000_500, resolutionMs: 500 },
      })
    }
    expect(parseClock({ date: text('Thu Jan 1\n') })).toMatchObject({ state: 'not-read' })
  })

  it('gives the skew with what it is uncertain by', () => {
    expect(clockSkew({ epochMs: 10_000, resolutionMs: 0 }, 6_990, 7_010)).toEqual({ skewMs: 3000, uncertaintyMs: 10 })
    expect(clockSkew({ epochMs: 1500, resolutionMs: 500 }, 1000, 1000)).toEqual({ skewMs: 500, uncertaintyMs: 500 })
    expect(Object.is(clockSkew({ epochMs: 1000, resolutionMs: 0 }, 1000, 1001).skewMs, 0)).toBe(true)
  })
})

describe('parseAddresses', () => {
  it('reads iproute2 and busybox', () => {
    const list = text(
      [
        '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000',
        '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
        '    inet 127.0.0.1/8 scope host lo',
        '       valid_lft forever preferred_lft forever',
        '2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 qdisc noqueue state UP group default qlen 1000',
        '    link/ether 02:fc:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netnsid 0',
        '    inet 192.0.2.2/24 brd 192.0.2.255 scope global eth0',
        '    inet 198.51.100.7/32 scope global eth0:0',
        '    inet6 fe80::fc:ff:fe00:1/64 scope link proto kernel_ll',
        '3: tun0: <POINTOPOINT,NOARP> mtu 1480 qdisc noop',
        '    inet 10.9.0.1 peer 10.9.0.2/32 scope global tun0',
      ].join('\n'),
    )
    expect(parseAddresses({ list })).toMatchObject({
      value: [
        { name: 'lo', state: 'unknown', mac: null },
        {
          name: 'eth0',
          state: 'up',
          mac: '02:fc:00:00:00:01',
          mtu: 1400,
          addresses: [
            { address: '192.0.2.2', prefix: 24, scope: 'global' },
            { address: '198.51.100.7', prefix: 32 },
            { family: 'ipv6', address: 'fe80::fc:ff:fe00:1', prefix: 64, scope: 'link' },
          ],
        },
        { name: 'tun0', state: 'down', addresses: [{ address: '10.9.0.1', prefix: 32 }] },
      ],
    })
  })

  it('reads both kinds of ifconfig', () => {
    const old = [
      'eth0      Link encap:Ethernet  HWaddr 00:0D:A2:01:02:03',
      '          inet addr:192.0.2.9  Bcast:192.0.2.255  Mask:255.255.255.0',
      '          inet6 addr: fe80::20d:a2ff:fe01:203/64 Scope:Link',
      '          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1',
      '',
      'eth0:1    Link encap:Ethernet  HWaddr 00:0D:A2:01:02:03',
      '          inet addr:198.51.100.4  Bcast:0.0.0.0  Mask:255.255.255.255',
      '          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1',
      '',
    ].join('\n')
    expect(parseAddresses({ list: text(old) })).toMatchObject({
      value: [
        {
          name: 'eth0',
          state: 'up',
          mac: '00:0d:a2:01:02:03',
          mtu: 1500,
          addresses: [
            { address: '192.0.2.9', prefix: 24 },
            { address: 'fe80::20d:a2ff:fe01:203', prefix: 64 },
          ],
        },
        { name: 'eth0:1', addresses: [{ address: '198.51.100.4', prefix: 32 }] },
      ],
    })
    const newer = [
      'eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500',
      '        inet 192.0.2.9  netmask 255.255.254.0  broadcast 192.0.3.255',
      '        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>',
      '        ether 00:0d:a2:01:02:03  txqueuelen 1000  (Ethernet)',
      '',
    ].join('\n')
    expect(parseAddresses({ list: text(newer) })).toMatchObject({
      value: [{ name: 'eth0', mtu: 1500, addresses: [{ prefix: 23 }, { address: 'fe80::1', prefix: 64 }] }],
    })
  })
})

describe('parseRoutes', () => {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n'

  it('reads the kernel’s tables, on machines of either byte order', () => {
    const ipv4 = `${head}eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`
    const zeros = '0'.repeat(32)
    const ipv6 = [
      `20010db8000000000000000000000000 40 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000001     eth0`,
      `${zeros} 00 ${zeros} 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0`,
      `ff000000000000000000000000000000 08 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000001     eth0`,
      `${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo`,
    ].join('\n')
    expect(parseRoutes({ tables: paths({ '/proc/net/route': ipv4, '/proc/net/ipv6_route': ipv6 }) })).toEqual({
      state: 'read',
      value: {
        truncated: false,
        routes: [
          { family: 'ipv4', to: 'default', via: '192.0.2.1', device: 'eth0', metric: 100 },
          { family: 'ipv4', to: '192.0.2.0/24', via: null, device: 'eth0', metric: 0 },
          { family: 'ipv6', to: '2001:db8::/64', via: null, device: 'eth0', metric: 256 },
          { family: 'ipv6', to: 'default', via: 'fe80::1', device: 'eth0', metric: 1024 },
        ],
      },
    })
    const big = `${head}eth0\tC0000200\t00000000\t0001\t0\t0\t0\tFFFFFF00\t0\t0\t0\neth0\t00000000\tC0000201\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`
    expect(parseRoutes({ tables: paths({ '/proc/net/route': big }) })).toMatchObject({
      value: { routes: [{ to: '192.0.2.0/24' }, { to: 'default', via: '192.0.2.1' }] },
    })
  })

  it.each([
    ['00000000000000000000000000000000', '::'],
    ['00000000000000000000000000000001', '::1'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
    ['fe800000000000000000000000000000', 'fe80::'],
    ['20010db8000000100000000000000000', '2001:db8:0:10::'],
  ])('writes %s as %s', (hex, expected) => {
    expect(ipv6Text(hex)).toBe(expected)
  })
})

describe('who owns the network', () => {
  const files = parseNetworkFiles({
    files: paths({
      '/etc/network/interfaces': 'auto lo\niface lo inet loopback\nsource interfaces.d/*\n',
      '/etc/netplan/50-cloud-init.yaml': 'network: {version: 2, wifis: {w: {password: hush}}}',
      '/run/systemd/network/10-netplan-eth0.network': '[Match]\n',
    }),
  })
  const ifupdown = parseNetworkFiles({
    files: paths({ '/etc/network/interfaces': 'auto eth0\niface eth0 inet static\n' }),
  })

  it('is whom files and running units agree on', () => {
    if (files.state === 'not-read' || ifupdown.state === 'not-read') throw new Error('expected files')
    expect(JSON.stringify(files)).not.toContain('hush')
    expect(networkOwnerOf(files.value, new Set(['systemd-networkd.service'])).owner).toBe('netplan')
    expect(networkOwnerOf(files.value, new Set(['ssh.service'])).owner).toBeNull()
    expect(networkOwnerOf(ifupdown.value, null).owner).toBe('ifupdown')
    expect(networkOwnerOf(ifupdown.value, new Set(['networking.service', 'NetworkManager.service']))).toMatchObject({
      owner: 'ifupdown',
      stacks: [
        { name: 'ifupdown', running: true },
        { name: 'NetworkManager', running: true, files: [] },
      ],
    })
  })
})

describe('parseDisks', () => {
  it('reads disks of all kinds, and leaves out what holds nothing', () => {
    const sysfs = paths({
      '/sys/block/sda/size': '1953525168\n',
      '/sys/block/sda/queue/rotational': '1\n',
      '/sys/block/sda/queue/scheduler': 'noop anticipatory deadline [cfq] \n',
      '/sys/block/sda/device/vendor': 'ATA     \n',
      '/sys/block/sda/device/model': 'ST1000NM0033-9ZM\n',
      '/sys/block/vda/size': '100\n',
      '/sys/block/vda/device/vendor': '0x1af4\n',
      '/sys/block/vda/queue/scheduler': 'none\n',
      '/sys/block/cciss!c0d0/size': '8\n',
      '/sys/block/dm-0/size': '16\n',
      '/sys/block/dm-0/dm/name': 'vg-root\n',
      '/sys/block/sr0/size': '0\n',
      '/sys/block/md0/size': '32\n',
      '/sys/block/md0/md/level': 'raid1\n',
    })
    expect(parseDisks({ sysfs })).toMatchObject({
      value: [
        { name: 'cciss/c0d0', sizeBytes: 4096, model: null, rotational: null, scheduler: null },
        { name: 'dm-0', kind: 'device-mapper', model: 'vg-root' },
        { name: 'md0', kind: 'raid', model: 'raid1' },
        {
          name: 'sda',
          sizeBytes: 1_000_204_886_016,
          model: 'ATA ST1000NM0033-9ZM',
          rotational: true,
          scheduler: { active: 'cfq', offered: ['noop', 'anticipatory', 'deadline', 'cfq'] },
        },
        { name: 'vda', model: null, scheduler: null },
      ],
    })
    expect(parseDisks({ sysfs: none('denied') })).toMatchObject({ why: 'denied' })
  })
})

describe('parseFileSystems', () => {
  const mounts = text(
    [
      '/dev/sda1 / ext4 rw,relatime 0 0',
      'tmpfs /run tmpfs rw 0 0',
      '/dev/sdb1 /mnt/my\\040disk xfs ro,relatime 0 0',
      'nas:/c /mnt/nas nfs4 rw 0 0',
      'overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0',
    ].join('\n'),
  )
  const blocks = text(
    [
      'Filesystem     1024-blocks      Used Available Capacity Mounted on',
      '/dev/sda1        100000     60000     30000      67% /',
      'tmpfs            5000         1      4999       1% /run',
      '/dev/sdb1        1000      1000         0     100% /mnt/my disk',
      'overlay        100000     60000     30000      67% /var/lib/docker/overlay2/x/merged',
      '/dev/sda1        100000     60000     30000      67% /srv/again',
      'nas:/c        100000     60000     30000      67% /mnt/nas',
    ].join('\n'),
  )
  const inodes = text(
    'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 1000 950 50 95% /\n/dev/sdb1 - - - - /mnt/my disk\n',
  )

  it('measures what is local, names what is not', () => {
    expect(parseFileSystems({ mounts, blocks, inodes })).toEqual({
      state: 'read',
      value: {
        local: [
          {
            mount: '/',
            source: '/dev/sda1',
            type: 'ext4',
            readOnly: false,
            totalBytes: 102_400_000,
            usedBytes: 61_440_000,
            availableBytes: 30_720_000,
            usedPercent: 67,
            inodes: { total: 1000, used: 950, usedPercent: 95 },
          },
          expect.objectContaining({ mount: '/mnt/my disk', readOnly: true, usedPercent: 100, inodes: null }),
        ],
        network: [{ mount: '/mnt/nas', source: 'nas:/c', type: 'nfs4' }],
      },
    })
  })

  it('does without mounts and inodes, and never without blocks', () => {
    expect(parseFileSystems({ mounts: none(), blocks, inodes: none('timed-out') })).toMatchObject({
      value: { local: [{ mount: '/', type: null, inodes: null }, {}, {}, {}], network: [] },
    })
    expect(parseFileSystems({ mounts, blocks: none('timed-out'), inodes })).toMatchObject({ why: 'timed-out' })
  })

  it('tells a part with no network file systems from one that could not be asked', () => {
    expect(parseShares({ blocks: text('', 1) })).toEqual({ state: 'read', value: [] })
    expect(parseShares({ blocks: text('', 2) })).toMatchObject({ state: 'not-read' })
    expect(parseShares({ blocks: none('timed-out') })).toMatchObject({ why: 'timed-out' })
  })
})

describe('parseServices', () => {
  it('reads units of new and old systemctl', () => {
    const units = text(
      [
        'ssh.service               loaded    active   running OpenBSD Secure Shell server',
        '● broken.service            loaded    failed   failed  A thing that breaks',
        'getty@tty1.service        loaded    inactive dead    Getty on tty1',
        'gone.service              not-found inactive dead    gone.service',
        'srv-data.mount            loaded    failed   failed  /srv/data',
        'systemd-fsck@dev-disk-by\\x2duuid-1.service loaded active exited File System Check',
      ].join('\n'),
    )
    expect(parseServices({ process: text('systemd\n'), units })).toMatchObject({
      value: {
        manager: 'systemd',
        services: [
          { name: 'ssh', state: 'active', detail: 'running', description: 'OpenBSD Secure Shell server' },
          { name: 'broken', state: 'failed' },
          { name: 'getty@tty1' },
          { name: 'systemd-fsck@dev-disk-by\\x2duuid-1' },
        ],
        failed: [{ name: 'broken.service' }, { name: 'srv-data.mount', description: '/srv/data' }],
      },
    })
  })

  it('never takes a silent systemd for a host without services', () => {
    const links = paths({ '/etc/rc2.d/S01ssh': '/etc/init.d/ssh', '/etc/rc2.d/S20postfix': '/etc/init.d/postfix' })
    expect(parseServices({ process: text('systemd\n'), units: links })).toMatchObject({ state: 'not-read' })
    expect(parseServices({ process: text('init\n'), units: links })).toMatchObject({
      value: { manager: 'sysv', services: [{ name: 'postfix' }, { name: 'ssh', state: null }], failed: null },
    })
    expect(parseServices({ process: text('init\n'), units: paths({}) })).toMatchObject({ value: { manager: 'none' } })
  })
})

describe('updates and reboots', () => {
  it('reads a simulated upgrade', () => {
    const simulation = text(
      [
        'The following packages have been kept back:',
        '  linux-image-amd64 qemu',
        '  third',
        'Inst libc6 [2.36-9+deb12u9] (2.36-9+deb12u10 Debian-Security:12/stable-security, Debian:12.9/stable [amd64])',
        'Inst new-thing (1.0 Debian:12.9/stable [all])',
        'Inst base-files [12.4] (12.5 Debian:12.9/stable [amd64]) [libc6:amd64 ]',
        'Conf libc6 (2.36-9+deb12u10 Debian:12.9/stable [amd64])',
      ].join('\n'),
    )
    const fetched = text('1700000000 /var/lib/apt/lists\n1700000500 /var/lib/apt/periodic/update-success-stamp\n')
    expect(parseUpdates({ simulation, fetched })).toMatchObject({
      value: {
        total: 3,
        security: 1,
        packages: [
          { name: 'libc6', from: '2.36-9+deb12u9', to: '2.36-9+deb12u10', security: true },
          { name: 'new-thing', from: null, origin: 'Debian:12.9/stable' },
          { name: 'base-files', from: '12.4', to: '12.5', security: false },
        ],
        keptBack: ['linux-image-amd64', 'qemu', 'third'],
        listsFetchedAt: 1_700_000_500,
      },
    })
    expect(parseUpdates({ simulation: text('', 100), fetched })).toMatchObject({ state: 'not-read', why: 'failed' })
  })

  it('reads the notes that a host keeps', () => {
    const at = '/var/lib/update-notifier/updates-available'
    const note = '\n12 updates can be applied immediately.\n3 of these updates are standard security updates.\n'
    expect(parseUpdateNotice({ files: paths({ [at]: note }) })).toMatchObject({ value: { total: 12, security: 3 } })
    expect(parseUpdateNotice({ files: paths({}) })).toMatchObject({ why: 'absent' })
    const marks = paths({
      '/run/reboot-required': '*** restart ***\n',
      '/run/reboot-required.pkgs': 'libc6\nlibc6\nlinux\n',
    })
    expect(parseReboot({ marks })).toEqual({ state: 'read', value: { required: true, packages: ['libc6', 'linux'] } })
    expect(parseReboot({ marks: paths({}) })).toMatchObject({ value: { required: false } })
    const links = paths({ '/vmlinuz': '/boot/vmlinuz-6.1.0-38-amd64' })
    expect(parseInstalledKernel({ links })).toMatchObject({ value: { release: '6.1.0-38-amd64' } })
  })
})

describe('parseCertificates', () => {
  it('reads openssl of all ages, and passes over what is no certificate', () => {
    const files = paths({
      '/etc/ssl/a.pem': 'notAfter=Mar  4 12:00:00 2027 GMT\nsubject=CN = mail.example.org\nissuer=C = US, CN = R3\n',
      '/etc/postfix/old.pem': 'notAfter=Jan  1 00:00:00 2038 GMT\nsubject= /CN=old.example\nissuer= /CN=old.example\n',
      '/etc/ssl/dhparam.pem': '',
    })
    expect(parseCertificates({ files, programs: paths({ openssl: '/usr/bin/openssl' }) })).toEqual({
      state: 'read',
      value: {
        truncated: false,
        certificates: [
          {
            path: '/etc/ssl/a.pem',
            subject: 'CN = mail.example.org',
            issuer: 'C = US, CN = R3',
            notAfter: '2027-03-04T12:00:00.000Z',
          },
          expect.objectContaining({ subject: '/CN=old.example', notAfter: '2038-01-01T00:00:00.000Z' }),
        ],
      },
    })
    expect(parseCertificates({ files: paths({}), programs: paths({}) })).toMatchObject({ why: 'no-program' })
  })
})
