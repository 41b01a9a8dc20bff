// Beyond this machine Pollux is served in one of three ways, each named on purpose. No dependencies, as settings.mjs.
import { BlockList, isIP, isIPv6 } from 'node:net'
import { Refusal } from './refusal.mjs'

/**
 * Reads how the server is reached: POLLUX_TLS_CERT and POLLUX_TLS_KEY, POLLUX_TRUSTED_PROXY, POLLUX_INSECURE,
 * POLLUX_ORIGIN. Gives the address to print. Throws a Refusal for an address beyond loopback with none of the three ways,
 * and for what does not fit together.
 */
export function readExposure(env, host, port) {
  const origins = originsOf(env.POLLUX_ORIGIN || '')
  const hasTls = readTls(env)
  const hasProxy = isProxyNamed(env.POLLUX_TRUSTED_PROXY || '')
  const isInsecure = env.POLLUX_INSECURE === '1'
  if (!isLoopback(host) && !hasTls && !hasProxy && !isInsecure)
    throw new Refusal(
      `HOST=${host} would serve Pollux beyond this machine without encryption: passwords and sessions could be read on the way. ` +
        'There are three ways: a certificate (POLLUX_TLS_CERT and POLLUX_TLS_KEY), a proxy that has one (POLLUX_TRUSTED_PROXY and POLLUX_ORIGIN), ' +
        'or POLLUX_INSECURE=1 if the network is safe enough for you. Or leave HOST at 127.0.0.1 and reach it through an SSH tunnel.',
    )
  if (hasProxy && origins.length === 0)
    throw new Refusal(
      'POLLUX_TRUSTED_PROXY needs POLLUX_ORIGIN: the address at which browsers reach the proxy, such as https://pollux.example.org.',
    )
  if (hasTls && ['0.0.0.0', '::'].includes(host) && origins.length === 0)
    throw new Refusal(
      `HOST=${host} with a certificate needs POLLUX_ORIGIN: the address at which browsers reach Pollux, such as https://pollux.example.org:${port}.`,
    )
  const plain = origins.find((origin) => origin.startsWith('http:'))
  if ((hasTls || (hasProxy && !isInsecure)) && plain)
    throw new Refusal(
      `POLLUX_ORIGIN must be https where Pollux is served with TLS${hasTls ? '' : ' by a proxy'}, and is "${plain}".`,
    )
  const own = `${hasTls ? 'https' : 'http'}://${hostText(host)}:${port}`
  return { url: (hasTls || hasProxy ? origins[0] : undefined) ?? own }
}

export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function originsOf(text) {
  return listOf(text).map((origin) => {
    if (!/^https?:$/.test(URL.canParse(origin) ? new URL(origin).protocol : ''))
      throw new Refusal(`POLLUX_ORIGIN must be an address such as https://pollux.example.org, and is "${origin}".`)
    return new URL(origin).origin
  })
}

function readTls({ POLLUX_TLS_CERT: cert, POLLUX_TLS_KEY: key }) {
  if (!cert && !key) return false
  if (cert && key) return true
  throw new Refusal(
    `${cert ? 'POLLUX_TLS_CERT needs POLLUX_TLS_KEY, the file with its private key.' : 'POLLUX_TLS_KEY needs POLLUX_TLS_CERT, the file with its certificate.'}`,
  )
}

function isProxyNamed(text) {
  const named = listOf(text)
  for (const range of named) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    try {
      if (prefix === undefined) new BlockList().addAddress(address, family)
      else if (!/^\d{1,3}$/.test(prefix) || prefix === '0') throw new Error('no prefix')
      else new BlockList().addSubnet(address, Number(prefix), family)
    } catch {
      throw new Refusal(
        `POLLUX_TRUSTED_PROXY must be addresses such as 192.0.2.7 or 192.0.2.0/28, with commas between, and has "${range}".`,
      )
    }
  }
  return named.length > 0
}

function listOf(text) {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

// Who listens on every address is reached by loopback too.
function hostText(host) {
  const reached = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return isIPv6(reached) ? `[${reached}]` : reached
}
