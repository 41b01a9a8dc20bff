import type { IncomingMessage, ServerResponse } from 'node:http'
import { ownMetrics } from './own-metrics'
import type { RouteOf } from './route-patterns'

const methods = ['GET', 'HEAD', 'POST']

/** Times one request until its answer is out. Streams stay open as long as somebody looks, and are left out. */
export function timeRequest(request: IncomingMessage, response: ServerResponse, routeOf: RouteOf): void {
  const route = routeOf((request.url ?? '/').split('?')[0] ?? '/')
  if (route.endsWith('/stream')) return
  const begun = performance.now()
  response.once('close', () => {
    const method = methods.find((known) => known === request.method) ?? 'other'
    // Who left before the answer was out has no answer's time.
    const code = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'left'
    ownMetrics().requests.observe({ method, route, code }, (performance.now() - begun) / 1000)
  })
}
