import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import next from 'next'
import { noteConnection } from '@/lib/auth/peer'
import { closeOldConnection } from '@/lib/changes/run/fresh-connections'
import { log } from '@/lib/log'
import { ownMetrics } from '@/lib/metrics/own-metrics'
import { builtRouteOf } from '@/lib/metrics/route-patterns'
import { timeRequest } from '@/lib/metrics/time-requests'
import { admitRequest, admitUpgrade } from './admit'
import { endOnSignal } from './end-on-signal'
import { refuseMisplacedToken } from './misplaced-token'
import { prepareData } from './prepare-data'
import { signUpLink } from './sign-up-link'
import { answerUpgrade, isSocketPath } from './sockets'
import { loadTls, tlsOptions, watchTls } from './tls'

export interface ServeOptions {
  host: string
  port: number
  url: string
  isDev: boolean
}

/** Prepares the data folder and serves until a signal ends the process. The caller holds the folder's lock. */
export async function serve(options: ServeOptions): Promise<void> {
  const begun = performance.now()
  const server = makeServer()
  const { applied } = await prepareData()
  server.on('connection', noteConnection)
  endOnSignal(server)
  await listen(server, options)
  // Next would end the process on its own terms, in the middle of our orderly end.
  process.env.NEXT_MANUAL_SIG_HANDLE = '1'
  const pages = next({
    dev: options.isDev,
    hostname: options.host,
    port: options.port,
    dir: process.cwd(),
    httpServer: server,
  })
  const ready = pages.prepare()
  const routeOf = builtRouteOf(join(process.cwd(), options.isDev ? 'no-build' : '.next'))
  ownMetrics()
  server.on('request', async (request, response) => {
    if (!admitRequest(request, response)) return
    timeRequest(request, response, routeOf)
    closeOldConnection(request, response)
    if (refuseMisplacedToken(request, response)) return
    await ready
    pages.getRequestHandler()(request, response)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!admitUpgrade(request)) socket.destroy()
    else if (isSocketPath(request.url ?? '')) void answerUpgrade(request, socket, head)
    else if (!options.isDev) socket.destroy()
  })
  await ready
  log.info({ url: options.url, pid: process.pid, applied, ms: Math.round(performance.now() - begun) }, 'serving')
  await greet(options.url)
}

/** With TLS where a certificate is named. Throws AppError with a sentence when it cannot be used. */
function makeServer(): Server {
  const tls = loadTls()
  if (!tls) return createServer()
  const server = createTlsServer({ ...tlsOptions, cert: tls.pair.cert, key: tls.pair.key })
  watchTls(tls, ({ cert, key }) => server.setSecureContext({ ...tlsOptions, cert, key }))
  return server
}

// For the person at the terminal, on standard output; the log goes to standard error.
async function greet(url: string): Promise<void> {
  process.stdout.write(`Pollux is at ${url}\n`)
  const link = await signUpLink(url)
  if (link) process.stdout.write(`Make the first admin here, within 30 minutes: ${link}\n`)
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
