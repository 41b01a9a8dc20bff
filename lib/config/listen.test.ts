import { afterEach, expect, it, vi } from 'vitest'
import { isServedSecurely, listenUrl, mainUrl, ownOrigins } from './listen'

afterEach(() => vi.unstubAllEnvs())

function listen(HOST: string, PORT: string, POLLUX_ORIGIN = '', more: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ HOST, PORT, POLLUX_ORIGIN, ...more })) vi.stubEnv(name, value)
}

it('is reached by its own address, and by loopback where it listens everywhere', () => {
  listen('', '')
  expect(listenUrl()).toBe('http://127.0.0.1:3000')
  listen('0.0.0.0', '8080')
  expect(listenUrl()).toBe('http://127.0.0.1:8080')
  listen('::', '8080')
  expect(listenUrl()).toBe('http://[::1]:8080')
  listen('192.0.2.7', '8080')
  expect(listenUrl()).toBe('http://192.0.2.7:8080')
})

it('takes its own origins exactly, and those that were named', () => {
  listen('', '')
  expect(ownOrigins()).toEqual(['http://127.0.0.1:3000', 'http://localhost:3000'])
  listen('0.0.0.0', '3000', 'http://nas.example.org:3000/, https://pollux.example.org')
  expect(ownOrigins().slice(2)).toEqual(['http://nas.example.org:3000', 'https://pollux.example.org'])
})

const pollux = 'https://pollux.example.org'

it('has https origins alone, and is given by its name, with a certificate of its own', () => {
  listen('0.0.0.0', '8443', pollux, { POLLUX_TLS_CERT: '/c.pem' })
  expect([mainUrl(), isServedSecurely()]).toEqual([pollux, true])
  expect(ownOrigins()).toEqual([pollux, 'https://127.0.0.1:8443', 'https://localhost:8443'])
  listen('192.0.2.7', '443', '', { POLLUX_TLS_CERT: '/c.pem' })
  expect(mainUrl()).toBe('https://192.0.2.7')
})

it('takes only the named origins behind a proxy that has TLS', () => {
  listen('', '', `${pollux},https://other.example.org`, { POLLUX_TRUSTED_PROXY: '192.0.2.7' })
  expect([mainUrl(), isServedSecurely()]).toEqual([pollux, true])
  expect(ownOrigins()).toEqual([pollux, 'https://other.example.org'])
  listen('', '', 'http://nas.lan', { POLLUX_TRUSTED_PROXY: '192.0.2.7' })
  expect([isServedSecurely(), ownOrigins()]).toEqual([
    false,
    ['http://nas.lan', 'http://127.0.0.1:3000', 'http://localhost:3000'],
  ])
})

it('is not served securely by a name alone', () => {
  listen('', '', pollux)
  expect([mainUrl(), isServedSecurely()]).toEqual(['http://127.0.0.1:3000', false])
})
