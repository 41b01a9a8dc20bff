import { checkHealth } from '@/lib/server/check-health'

export const dynamic = 'force-dynamic'

/** For a monitor, without a session: 200 when the store answers and the worker runs, else 503. */
export async function GET(): Promise<Response> {
  const health = await checkHealth()
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
