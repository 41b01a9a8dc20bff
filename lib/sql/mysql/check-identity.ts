import { TLSSocket } from 'node:tls'
import type { Connection as Driver } from 'mysql2'
import type { TlsOptions } from '../tls'

/** What of the driver's connection its types leave out. */
interface StartsTls {
  stream: unknown
  startTLS(onSecure: (error?: Error) => void): void
}

/**
 * Has the server's certificate looked at between the handshake and the login. The driver itself cannot: it checks an address
 * as if it were "localhost". Its error of a handshake hides the code of TLS, so that is given to `onError` first. Throws where
 * the driver is another than the one that this knows.
 */
export function checkIdentity(driver: Driver, tls: TlsOptions, onError: (error: Error) => void): void {
  const own = startsTls(driver)
  const start = own.startTLS.bind(own)
  own.startTLS = (onSecure) =>
    start((error) => {
      const found = error ?? identityError(own.stream, tls)
      if (found) onError(found)
      onSecure(found)
    })
}

function identityError(stream: unknown, tls: TlsOptions): Error | undefined {
  if (!(stream instanceof TLSSocket)) return new Error('expected an encrypted stream, got another')
  if (!stream.authorized && tls.rejectUnauthorized) return new Error('expected a trusted certificate, got another')
  return tls.checkServerIdentity('', stream.getPeerCertificate())
}

/** The driver's connection, which has this method as long as it talks TLS by it. */
function startsTls(driver: Driver): StartsTls {
  if (!('startTLS' in driver) || typeof driver.startTLS !== 'function' || !('stream' in driver))
    throw new Error('expected a driver that starts TLS by startTLS, got another version of it')
  return driver as Driver & StartsTls
}
