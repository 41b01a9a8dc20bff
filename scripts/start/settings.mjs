// What the environment asks for. No dependencies: this runs before anything is installed.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isLoopback, readExposure } from './exposure.mjs'
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
 * Reads HOST, PORT, POLLUX_DATA, POLLUX_GUARD_TIMES, and how the server is reached (exposure.mjs).
 * Throws a Refusal for an address or a port that cannot be, for an address beyond loopback that none of the three ways
 * makes fit for it, and for the short guards of a test anywhere but on loopback.
 */
export function readSettings(env) {
  const host = env.HOST || '127.0.0.1'
  const portText = env.PORT || '3000'
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65535)
    throw new Refusal(`PORT must be a number from 1 to 65535, and is "${portText}".`)
  if (host !== 'localhost' && isIP(host) === 0)
    throw new Refusal(`HOST must be an IP address of this machine or "localhost", and is "${host}".`)
  const { url } = readExposure(env, host, port)
  checkGuardTimes(env.POLLUX_GUARD_TIMES || '', host)
  return {
    host,
    port,
    url,
    dataDir: resolve(env.POLLUX_DATA || 'data'),
  }
}

// Short guards give a slow network no time: they are for tests, which are on this machine.
function checkGuardTimes(text, host) {
  if (text === '') return
  if (!/^\d{1,3},\d{1,3},\d{1,3}$/.test(text))
    throw new Refusal(`POLLUX_GUARD_TIMES must be three numbers of seconds such as 120,60,10, and is "${text}".`)
  if (!isLoopback(host)) throw new Refusal(`POLLUX_GUARD_TIMES is for tests on loopback, and HOST is ${host}.`)
}
