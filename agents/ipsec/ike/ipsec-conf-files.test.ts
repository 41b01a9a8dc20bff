import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIpsecConf } from '../foreign/ipsec-conf'
import { type Member, sidesOf } from '../mesh/pair'
import { hostWith, mesh } from '../tunnel/testing'
import { libreswanFile, starterFiles } from './ipsec-conf-files'
import { fromRfc3110, toRfc3110 } from './rfc3110'

/** RSA of 512 bits: this is about its form alone. */
const rsa = (publicExponent = 65537) =>
  generateKeyPairSync('rsa', {
    modulusLength: 512,
    publicExponent,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey

describe('a key in the form of RFC 3110', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 17, 257, 65537), (exponent) => {
        const pem = rsa(exponent)
        const text = toRfc3110(pem) ?? ''
        expect(fromRfc3110(text)).toBe(pem)
        expect(fromRfc3110(`0s${text}`)).toBe(pem)
      }),
      { numRuns: 12 },
    )
  })

  it('is the exponent’s length, the exponent, the modulus', () => {
    const bytes = Buffer.from(toRfc3110(rsa()) ?? '', 'base64')
    expect([...bytes.subarray(0, 4)]).toEqual([3, 1, 0, 1])
    expect(bytes).toHaveLength(4 + 64)
  })

  it('is understood with a long length, and is none of anything else', () => {
    const pem = rsa()
    const [, ...rest] = Buffer.from(toRfc3110(pem) ?? '', 'base64')
    const long = Buffer.from([0, 0, 3, ...rest]).toString('base64')
    expect(fromRfc3110(long)).toBe(pem)
    const { publicKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    expect([
      toRfc3110(publicKey),
      toRfc3110(''),
      toRfc3110('-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n'),
    ]).toEqual([null, null, null])
    for (const text of ['', '0s', 'AA==', 'AAAA', 'BQEC', '!', '0sAwEAAQ==']) expect(fromRfc3110(text), text).toBeNull()
  })

  it('throws at no text', () => {
    fc.assert(fc.property(fc.base64String({ maxLength: 40 }), (text) => fromRfc3110(text) === null || true))
  })
})

const keys = [rsa(), rsa()] as const
const member = (label: string, at: number, publicKey: string | null): Member => {
  const host = hostWith(label, { address: `192.0.2.${at}`, publicKey })
  const [device] = host.facts.devices
  if (!device) throw new Error('expected a device')
  return { hostId: label, label, outer: `192.0.2.${at}`, inner: `10.9.0.${at}`, host, device }
}
const sideOf = (peerKey: string | null, profile: 'modern' | 'compatible' = 'compatible') => {
  const [own, peer] = [member('a', 1, keys[0]), member('b', 2, peerKey)]
  const [side] = sidesOf({ ...mesh, profile }, own, [own, peer])
  if (!side) throw new Error('expected a side')
  return side
}
const settings = (bytes: string) => Object.fromEntries(parseIpsecConf(bytes).sections[0]?.settings ?? [])

describe('a pair in ipsec.conf', () => {
  it('of strongSwan is in transport mode, of protocol 4 alone, with one suite', () => {
    const { connection, publicKey, trap } = starterFiles(mesh, sideOf(keys[1]))
    expect(connection.path).toBe('/etc/ipsec.d/pollux-tt-b.conf')
    expect(publicKey).toEqual({ path: '/etc/ipsec.d/certs/pollux-tt-b.pem', bytes: keys[1] })
    expect(settings(connection.bytes)).toMatchObject({
      ...{ keyexchange: 'ikev2', type: 'transport', mobike: 'no', auto: 'add', dpdaction: 'clear' },
      ...{ left: '192.0.2.1', leftid: '192.0.2.1', leftsigkey: 'pollux.pem', leftprotoport: '4' },
      ...{ right: '192.0.2.2', rightid: '192.0.2.2', rightsigkey: 'pollux-tt-b.pem', rightprotoport: '4' },
      ...{ ike: 'aes256-sha256-modp2048!', esp: 'aes256-sha256-modp2048!' },
    })
    expect(trap.path).toBe('/etc/ipsec.d/pollux-tt-b.trap.conf')
    expect(settings(trap.bytes)).toEqual({ auto: 'route', dpdaction: 'hold', closeaction: 'hold' })
    expect(parseIpsecConf(trap.bytes).sections[0]?.name).toBe(parseIpsecConf(connection.bytes).sections[0]?.name)
  })

  it('of libreswan has both keys, and drops what it cannot protect', () => {
    const file = libreswanFile(mesh, sideOf(keys[1]), true)
    expect(file?.path).toBe('/etc/ipsec.d/pollux-tt-b.conf')
    const found = settings(file?.bytes ?? '')
    expect(found).toMatchObject({
      ...{ ikev2: 'insist', type: 'transport', auto: 'ondemand', leftprotoport: '4', rightprotoport: '4' },
      ...{ ike: 'aes256-sha2_256;dh14', esp: 'aes256-sha2_256;dh14', failureshunt: 'drop', negotiationshunt: 'drop' },
    })
    expect([found.leftrsasigkey, found.rightrsasigkey].map((key) => fromRfc3110(key ?? ''))).toEqual([...keys])
  })

  it('of libreswan is none without keys of RSA', () => {
    expect(libreswanFile(mesh, sideOf(null), false)).toBeNull()
  })

  it('takes the suite of its profile', () => {
    const { connection } = starterFiles(mesh, sideOf(keys[1], 'modern'))
    expect(settings(connection.bytes).esp).toBe('aes256gcm16-ecp256!')
    expect(settings(libreswanFile(mesh, sideOf(keys[1], 'modern'), false)?.bytes ?? '').esp).toBe('aes_gcm256;dh19')
  })
})
