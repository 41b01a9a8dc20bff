import { describe, expect, it } from 'vitest'
import { parseAddress } from './ip-address'
import { fromKernelHex, toKernelHex } from './kernel-address'

const table = [
  ['0100007F', '127.0.0.1'],
  ['30926257', '87.98.146.48'],
  ['00000000', '0.0.0.0'],
  ['B80D0120000040000000000005000000', '2001:db8:40::5'],
  ['00000000000000000000000001000000', '::1'],
  ['00000000000000000000000000000000', '::'],
]

describe('an address as the kernel’s tables have it', () => {
  it.each(table)('%s is %s, both ways', (hex, host) => {
    expect(fromKernelHex(hex)).toBe(host)
    const address = parseAddress(host)
    expect(address && toKernelHex(address)).toBe(hex)
  })

  it('comes as IPv4 where it is one in the clothes of IPv6', () => {
    expect(fromKernelHex('0000000000000000FFFF0000097100CB')).toBe('203.0.113.9')
  })

  it.each(['', '0100007', '0100007G', '0100007F00', '127.0.0.1'])('is never %j', (hex) =>
    expect(fromKernelHex(hex)).toBeNull(),
  )
})
