// What the environment asks for. No dependencies: this runs before anything is installed.
import { isIP, isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { Refusal } from './refusal.mjs'

const oldestNode = [20, 9]

/** Throws a Refusal when this Node.js is too old. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Refusal(
    `Pollux needs Node.js ${oldestNode.join('.')} or newer, and this is ${version}. Install a newer one and start again.`,
  )
}

/**
 * Reads HOST, PORT, POLLUX_DATA, POLLUX_INSECURE, POLLUX_ORIGIN and POLLUX_GUARD_TIMES.
 * Throws a Refusal for an address or a port that cannot be, and for an address beyond loopback without the explicit flag,
 * and for the short guards of a test anywhere but on loopback.
 */
export function readSettings(env) {
  const host = env.HOST || '127.0.0.1'
  const portText = env.PORT || '3000'
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535)
    throw new Refusal(`PORT must be a number from 1 to 65535, and is "${portText}".`)
  if (host !== 'localhost' && isIP(host) === 0)
    throw new Refusal(`HOST must be an IP address of this machine or "localhost", and is "${host}".`)
  if (!isLoopback(host) && env.POLLUX_INSECURE !== '1')
    throw new Refusal(
      `HOST=${host} would serve Pollux beyond this machine without encryption: passwords and sessions could be read on the way. ` +
        'Leave HOST at 127.0.0.1 and reach it through an SSH tunnel, or set POLLUX_INSECURE=1 if the network is safe enough for you.',
    )
  checkOrigins(env.POLLUX_ORIGIN || '')
  checkGuardTimes(env.POLLUX_GUARD_TIMES || '', host)
  return {
    host,
    port,
    url: urlOf(host, port),
    dataDir: resolve(env.POLLUX_DATA || 'data'),
  }
}

function checkOrigins(text) {
  for (const origin of text.split(',').filter((part) => part.trim() !== ''))
    if (!/^https?:$/.test(URL.canParse(origin) ? new URL(origin).protocol : ''))
      throw new Refusal(
        `POLLUX_ORIGIN must be an address such as https://pollux.example.org, and is "${origin.trim()}".`,
      )
}

// Short guards give a slow network no time: they are for tests, which are on this machine.
function checkGuardTimes(text, host) {
  if (text === '') return
  if (!/^\d{1,3},\d{1,3},\d{1,3}$/.test(text))
    throw new Refusal(`POLLUX_GUARD_TIMES must be three numbers of seconds such as 120,60,10, and is "${text}".`)
  if (!isLoopback(host)) throw new Refusal(`POLLUX_GUARD_TIMES is for tests on loopback, and HOST is ${host}.`)
}

// Who listens on every address is reached by loopback too.
function urlOf(host, port) {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`
}

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
