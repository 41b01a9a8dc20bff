import { expect, it } from 'vitest'
import { parsePolicies } from './parse-policies'

// iproute2 6.1 on Debian 12, a trap of charon, and what charon makes for its own sockets.
const text = `src 10.77.0.81/32 dst 10.77.0.82/32 proto ipencap 
	dir out priority 366975 ptype main 
	tmpl src 0.0.0.0 dst 0.0.0.0
		proto esp spi 0xc6fbd25b reqid 1 mode transport
src 10.77.0.82/32 dst 10.77.0.81/32 proto 4 
	dir in priority 366975 ptype main 
	tmpl src 0.0.0.0 dst 0.0.0.0
		proto esp reqid 1 mode transport
src 10.0.0.0/8 dst 192.0.2.0/24 proto tcp sport 22 
	dir fwd action block priority 1 ptype main 
src 2001:db8::/32 dst ::/0 proto mysterious
	dir in priority 2 
	tmpl src 2001:db8::1 dst 2001:db8::2
		proto esp reqid 2 mode tunnel
src 192.0.2.1/32 dst 192.0.2.2/32 
	dir in priority 3 
	tmpl src 0.0.0.0 dst 0.0.0.0
		proto esp reqid 3 mode transport
		level use 
src 0.0.0.0/0 dst 0.0.0.0/0 
	socket in priority 0 ptype main 
`

it('tells every policy but those of sockets', () => {
  const policy = (...[src, dst, protocol, direction, mode, action]: (string | number | null)[]) => ({
    ...{ src, dst, protocol, direction, mode, action },
  })
  expect(parsePolicies(text)).toEqual([
    policy('10.77.0.81/32', '10.77.0.82/32', 4, 'out', 'transport', 'allow'),
    policy('10.77.0.82/32', '10.77.0.81/32', 4, 'in', 'transport', 'allow'),
    policy('10.0.0.0/8', '192.0.2.0/24', 6, 'fwd', '', 'block'),
    policy('2001:db8::/32', '::/0', -1, 'in', 'tunnel', 'allow'),
    policy('192.0.2.1/32', '192.0.2.2/32', null, 'in', 'transport', 'allow'),
  ])
  expect(parsePolicies('')).toEqual([])
})
