import { connect, isIP, type Socket } from 'node:net'
import { refuseWhilePaused } from '@/lib/config/paused'
import type { AppError } from '@/lib/errors'
import { connectionError, type Place, systemCode } from './connection-error'

/**
 * Opens a TCP connection, name look-up included.
 * @throws AppError `locked` while Pollux is paused, `unreachable` with `data.stage` `name`, `route` or `port`
 */
export async function dial(target: Place, timeoutMs: number): Promise<Socket> {
  refuseWhilePaused()
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: target.address,
      port: target.port,
      // SSH writes many small packets: Nagle's algorithm would hold each back for a round trip.
      noDelay: true,
      keepAlive: true,
      // Node's 250 ms for each address of a name are too few for a far host.
      autoSelectFamilyAttemptTimeout: 3000,
    })
    // An address is not looked up, so nothing tells of it.
    let isNameKnown = isIP(target.address) !== 0
    const fail = (error: AppError) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(isNameKnown ? noAnswer(target, timeoutMs) : slowName(target)), timeoutMs)
    socket.on('lookup', (error) => {
      isNameKnown = error === null
    })
    socket.on('error', (error) => fail(dialError(target, error)))
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

function noAnswer(target: Place, timeoutMs: number): AppError {
  const where = `${target.address} port ${target.port}`
  return connectionError(
    'unreachable',
    target,
    'route',
    `expected a TCP connection within ${timeoutMs} ms, got no answer`,
    `No answer from ${where} within ${Math.round(timeoutMs / 1000)} s. The host is down, the address is wrong, or a firewall drops the packets.`,
  )
}

function slowName(target: Place): AppError {
  return connectionError(
    'unreachable',
    target,
    'name',
    'expected an address for the name in time, got none',
    `The name ${target.address} could not be looked up in time. Check this machine's DNS, or give the host's IP address.`,
  )
}

/** The sentence of a failed look-up or connect, by the system's error code. */
function dialError(target: Place, error: Error): AppError {
  const code = systemCode(error)
  const where = `${target.address} port ${target.port}`
  const of = (stage: 'name' | 'route' | 'port', sentence: string) =>
    connectionError('unreachable', target, stage, `expected a TCP connection, got ${code}`, sentence, {
      cause: error,
      data: { systemCode: code },
    })
  switch (code) {
    case 'ENOTFOUND':
      return of('name', `The name ${target.address} is not known. Check its spelling, or give the host's IP address.`)
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'ESERVFAIL':
      return of('name', `The name ${target.address} could not be looked up: this machine's DNS does not answer.`)
    case 'ECONNREFUSED':
      return of(
        'port',
        `${where} refuses connections. The host is up; start its SSH server there, or correct the port.`,
      )
    case 'ECONNRESET':
      return of('port', `${where} broke the connection off at once. A firewall or a ban (fail2ban) may do that.`)
    case 'ETIMEDOUT':
      return of(
        'route',
        `No answer from ${where}. The host is down, the address is wrong, or a firewall drops the packets.`,
      )
    default:
      return of(
        'route',
        `There is no way from here to ${target.address} (${code ?? 'unknown error'}). Check the address, the network and the routes, or name a jump host.`,
      )
  }
}
