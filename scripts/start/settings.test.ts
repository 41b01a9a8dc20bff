import { expect, it } from 'vitest'
import { checkNode, readSettings } from './settings.mjs'

it('serves 127.0.0.1:3000 from data/ unless told otherwise', () => {
  expect(readSettings({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    url: 'http://127.0.0.1:3000',
    dataDir: `${process.cwd()}/data`,
  })
  expect(readSettings({ HOST: '::1', PORT: '8080', POLLUX_DATA: '/srv/p' })).toMatchObject({
    url: 'http://[::1]:8080',
    dataDir: '/srv/p',
  })
})

it.each(['0', '65536', '-1', 'http', '3000 ', '1e3', '0x50'])('refuses the port %j', (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(/PORT must be a number from 1 to 65535/)
})

it.each(['example.org', '256.1.1.1', 'http://127.0.0.1', '127.1'])('refuses the address %j', (HOST) => {
  expect(() => readSettings({ HOST })).toThrow(/HOST must be an IP address/)
})

it.each(['0.0.0.0', '::', '192.0.2.7', '::ffff:127.0.0.1'])(
  'refuses %s, beyond loopback, without the explicit flag',
  (HOST) => {
    expect(() => readSettings({ HOST })).toThrow(
      /without encryption.*three ways.*POLLUX_TLS_CERT.*POLLUX_TRUSTED_PROXY.*POLLUX_INSECURE=1/,
    )
    expect(() => readSettings({ HOST, POLLUX_INSECURE: 'yes' })).toThrow(/POLLUX_INSECURE=1/)
    expect(readSettings({ HOST, POLLUX_INSECURE: '1' }).host).toBe(HOST)
  },
)

const tls = { POLLUX_TLS_CERT: '/c.pem', POLLUX_TLS_KEY: '/k.pem' }
const POLLUX_ORIGIN = 'https://pollux.example.org'

it('serves beyond loopback with a certificate, and prints the address that was named', () => {
  expect(readSettings({ ...tls, HOST: '192.0.2.7' }).url).toBe('https://192.0.2.7:3000')
  expect(readSettings({ ...tls, HOST: '0.0.0.0', POLLUX_ORIGIN }).url).toBe(POLLUX_ORIGIN)
  expect(() => readSettings({ ...tls, HOST: '0.0.0.0' })).toThrow(/with a certificate needs POLLUX_ORIGIN/)
  expect(() => readSettings({ ...tls, POLLUX_ORIGIN: 'http://nas.lan' })).toThrow(/POLLUX_ORIGIN must be https/)
})

it('takes a certificate only with its key', () => {
  expect(() => readSettings({ POLLUX_TLS_CERT: '/c.pem' })).toThrow(/needs POLLUX_TLS_KEY/)
  expect(() => readSettings({ POLLUX_TLS_KEY: '/k.pem' })).toThrow(/needs POLLUX_TLS_CERT/)
})

it('serves beyond loopback behind a proxy that was named, and whose address is known', () => {
  const POLLUX_TRUSTED_PROXY = '192.0.2.7, 2001:db8::/64'
  expect(readSettings({ HOST: '0.0.0.0', POLLUX_TRUSTED_PROXY, POLLUX_ORIGIN }).url).toBe(POLLUX_ORIGIN)
  expect(() => readSettings({ POLLUX_TRUSTED_PROXY })).toThrow(/needs POLLUX_ORIGIN/)
  const plain = { POLLUX_TRUSTED_PROXY, POLLUX_ORIGIN: 'http://nas.lan' }
  expect(() => readSettings(plain)).toThrow(/POLLUX_ORIGIN must be https/)
  expect(readSettings({ ...plain, POLLUX_INSECURE: '1' }).url).toBe('http://nas.lan')
})

it.each(['proxy.lan', '192.0.2.7/33', '192.0.2.7/', '0.0.0.0/0', '::/0', '1.2.3', '10.0.0.1 10.0.0.2'])(
  'refuses %j as a proxy',
  (POLLUX_TRUSTED_PROXY) => {
    expect(() => readSettings({ POLLUX_TRUSTED_PROXY, POLLUX_ORIGIN })).toThrow(
      /POLLUX_TRUSTED_PROXY must be addresses/,
    )
  },
)

it('refuses an origin that is none', () => {
  expect(() => readSettings({ POLLUX_ORIGIN: 'nas.lan' })).toThrow(/POLLUX_ORIGIN must be an address/)
  expect(() => readSettings({ POLLUX_ORIGIN: 'javascript:alert(1)' })).toThrow(/POLLUX_ORIGIN/)
  expect(readSettings({ POLLUX_ORIGIN: 'http://nas.lan:3000, https://x.example.org' }).port).toBe(3000)
})

it('refuses guard times that are none, or that would hold beyond loopback', () => {
  for (const POLLUX_GUARD_TIMES of ['30', '30,5', '30,5,-1', '30,5,1s', '9999,5,1'])
    expect(() => readSettings({ POLLUX_GUARD_TIMES })).toThrow(/POLLUX_GUARD_TIMES must be three numbers/)
  const short = { POLLUX_GUARD_TIMES: '30,5,1' }
  expect(() => readSettings({ ...short, HOST: '192.0.2.7', POLLUX_INSECURE: '1' })).toThrow(/tests on loopback/)
  expect(readSettings(short).host).toBe('127.0.0.1')
})

it('refuses a Node.js that is too old', () => {
  expect(() => checkNode('18.19.1')).toThrow(/needs Node.js 20.9 or newer, and this is 18.19.1/)
  expect(() => checkNode('20.8.0')).toThrow()
  for (const version of ['20.9.0', '22.0.0']) expect(checkNode(version)).toBeUndefined()
})
