import { afterEach, expect, it, vi } from 'vitest'
import { listenUrl, ownOrigins } from './listen'

afterEach(() => vi.unstubAllEnvs())

function listen(HOST: string, PORT: string, POLLUX_ORIGIN = '') {
  for (const [name, value] of Object.entries({ HOST, PORT, POLLUX_ORIGIN })) vi.stubEnv(name, value)
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
