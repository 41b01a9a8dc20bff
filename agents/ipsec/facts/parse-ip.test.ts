import { expect, it } from 'vitest'
import { parseLinks, parseLogins, parseRoutes, parseTunnels, parseXfrmStat } from './parse-ip'

const links = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
3: tunl0@NONE: <NOARP> mtu 1480 qdisc noop state DOWN mode DEFAULT group default qlen 1000\\    link/ipip 0.0.0.0 brd 0.0.0.0
4: mesh-82@NONE: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1446 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/ipip 10.77.0.81 peer 10.77.0.82
5: eth0.1@eth0: <BROADCAST,MULTICAST,LOWER_UP> mtu 9000 qdisc noqueue\\    link/ether 02:00:00:00:00:01
`

it('tells tunnels of IP-IP alone, with their devices', () => {
  const text = `tunl0: any/ip remote any local any ttl inherit nopmtudisc
mesh-82: ip/ip remote 10.77.0.82 local 10.77.0.81 ttl 64
old0: ip/ip  remote 192.0.2.2  local any  dev eth0  ttl inherit 
gre1: gre/ip remote 192.0.2.3 local 192.0.2.1 ttl 64
sit0: ipv6/ip remote any local any ttl 64 nopmtudisc 6rd-prefix 2002::/16
`
  expect(parseTunnels(text, parseLinks(links))).toEqual([
    { name: 'tunl0', local: null, remote: null, mtu: 1480, isUp: false },
    { name: 'mesh-82', local: '10.77.0.81', remote: '10.77.0.82', mtu: 1446, isUp: true },
    { name: 'old0', local: null, remote: '192.0.2.2', mtu: 0, isUp: false },
  ])
  expect(parseLinks(links).get('eth0.1')).toEqual({ mtu: 9000, isUp: false })
})

it('tells where packets go, and where on purpose they go nowhere', () => {
  const text = `default via 10.77.0.1 dev vec0 proto static 
10.77.0.0/24 dev vec0 proto kernel scope link src 10.77.0.81 
172.20.0.82 dev mesh-82 proto kernel scope link src 172.20.0.81 
unreachable 10.9.0.0/16 metric 4
10.8.0.0/24 proto static 
	nexthop via 192.0.2.1 dev eth0 weight 1 
	nexthop via 192.0.2.2 dev eth1 weight 1 
default dev wg0 table 51820 scope link 
local 10.77.0.81 dev vec0 table local proto kernel scope host src 10.77.0.81 
broadcast 10.77.0.255 dev vec0 table local proto kernel scope link src 10.77.0.81 
`
  expect(parseRoutes(text)).toEqual([
    { net: '0.0.0.0/0', device: 'vec0', via: '10.77.0.1' },
    { net: '10.77.0.0/24', device: 'vec0', via: null },
    { net: '172.20.0.82/32', device: 'mesh-82', via: null },
    { net: '10.9.0.0/16', device: null, via: null },
    { net: '10.8.0.0/24', device: 'eth0', via: '192.0.2.1' },
    { net: '0.0.0.0/0', device: 'wg0', via: null },
  ])
})

it('tells at which addresses somebody is logged in', () => {
  const line = (local: string, state: string) => `   0: ${local} 0100007F:C000 ${state} 00000000:00000000 00:00000000\n`
  const table = `  sl  local_address rem_address   st\n${line('51004D0A:0016', '01')}${line('00000000:0016', '0A')}${line('52004D0A:0050', '01')}`
  expect(parseLogins([table])).toEqual(['10.77.0.81'])
})

it('tells the counters of the kernel', () => {
  expect(parseXfrmStat('XfrmInError             \t0\nXfrmInTmplMismatch      \t17\nnonsense\n')).toEqual({
    XfrmInError: 0,
    XfrmInTmplMismatch: 17,
  })
})
