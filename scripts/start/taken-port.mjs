import { createServer } from 'node:net'
import { Refusal } from './refusal.mjs'

/** Throws a Refusal when the server could not listen: better now than after a build. */
export function refuseTakenPort({ host, port }) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(listenRefusal(error, { host, port })))
    probe.listen({ host, port, exclusive: true }, () => probe.close(resolve))
  })
}

function listenRefusal(error, { host, port }) {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Refusal(
        `Port ${port} of ${host} is in use by another program. End that program, or name another port in PORT.`,
      )
    case 'EACCES':
      return new Refusal(`This user may not listen on port ${port}. Name a port above 1023 in PORT.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Refusal(
        `HOST=${host} is no address of this machine. Name one of its own, or leave HOST out for 127.0.0.1.`,
      )
    default:
      return error
  }
}
