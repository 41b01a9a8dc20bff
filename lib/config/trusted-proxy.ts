import { BlockList, isIP } from 'node:net'
import { single } from './single'

/** Whether an address is one of POLLUX_TRUSTED_PROXY (addresses and prefixes with commas between; `npm start` has checked them). */
export function isTrustedProxy(address: string): boolean {
  const ip = plainIp(address)
  if (ip === null) return false
  return ranges(process.env.POLLUX_TRUSTED_PROXY || '').check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
}

/** An IP address without the clothes of IPv6 that a socket for both puts on an IPv4 one; null for anything else. */
export function plainIp(address: string): string | null {
  const bare = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  return isIP(bare) === 0 ? null : bare
}

function ranges(text: string): BlockList {
  return single(`trusted-proxies ${text}`, () => {
    const list = new BlockList()
    for (const range of text.split(',').filter((part) => part.trim() !== '')) {
      const [address = '', prefix] = range.trim().split('/')
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
      if (prefix === undefined) list.addAddress(address, family)
      else list.addSubnet(address, Number(prefix), family)
    }
    return list
  })
}
