import { exposition } from '@/lib/metrics/exposition'
import { isMetricsToken } from '@/lib/metrics/metrics-token'
import { ownMetrics } from '@/lib/metrics/own-metrics'
import { readMetrics } from '@/lib/metrics/read-metrics'

export const dynamic = 'force-dynamic'

/** For Prometheus and its like, by the bearer token that an admin made; without it nothing is told but that. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  if (!(await isMetricsToken(request.headers.get('authorization'))))
    return new Response('A bearer token is needed; an admin makes it in the settings.\n', {
      status: 401,
      headers: { ...headers, 'www-authenticate': 'Bearer' },
    })
  const known = exposition(await readMetrics())
  return new Response(`${known}${await ownMetrics().registry.metrics()}`, {
    headers: { ...headers, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  })
}
