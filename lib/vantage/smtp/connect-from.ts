import { connect, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Vantage } from '@/lib/agent'
import { refuseWhilePaused } from '@/lib/config/paused'
import { isAppError } from '@/lib/errors'
import { withHost } from '@/lib/inventory/with-host'
import { sshPool } from '@/lib/ssh'
import { isOffLimits, placeOf } from '../addresses'
import { endedBy, notSeen } from '../not-seen'

/** A TCP connection, and the name of the place that it starts at. */
export interface FarConnection {
  stream: Duplex
  from: string
}

/**
 * Connects to an address as somebody stands to it. Throws AppError whose `data.reason` is `refused` when something there
 * said no at once; anything else does not tell whether there is a server.
 */
export async function connectFrom(
  vantage: Vantage,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<FarConnection> {
  if (isIP(address) === 0) throw notSeen(`${address} is no IP address, so nothing was connected to.`)
  if (vantage.kind === 'dashboard') return { stream: await connectHere(address, port, signal), from: 'the dashboard' }
  return withHost(vantage.hostId, async (target) => {
    try {
      return { stream: await sshPool().openTcp(target, { host: address, port }, { signal }), from: target.name }
    } catch (error) {
      if (!isAppError(error) || error.data['reason'] !== 'stopped') throw error
      throw endedBy(signal, `${target.name} was asked to connect to ${placeOf(address, port)}`)
    }
  })
}

async function connectHere(address: string, port: number, signal: AbortSignal): Promise<Duplex> {
  refuseWhilePaused()
  const where = placeOf(address, port)
  if (isOffLimits(address))
    throw notSeen(`The dashboard does not connect to ${address}: it is a link-local or a cloud’s own address.`)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port })
    const fail = (error: Error) => {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      reject(error)
    }
    const onAbort = () => fail(endedBy(signal, `The dashboard connected to ${where}`))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    socket.once('error', (error) => fail(refusalOf(where, error)))
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

function refusalOf(where: string, error: NodeJS.ErrnoException) {
  switch (error.code) {
    case 'ECONNREFUSED':
      return notSeen(`${where} refuses connections from the dashboard.`, { reason: 'refused' })
    case 'ETIMEDOUT':
      return notSeen(`The dashboard gets no answer from ${where}.`, { reason: 'no-answer' })
    default:
      return notSeen(`The dashboard cannot connect to ${where} (${error.code ?? 'unknown error'}).`, {
        reason: 'failed',
      })
  }
}
