import type { Ctx } from '@/lib/auth/actor'
import { can } from '@/lib/auth/rights'
import { type TlsState, tlsState } from '@/lib/server/tls'
import type { TodayNeed } from './list-needs'

const dayMs = 24 * 3_600_000

/** What certbot renews 30 days ahead has had many tries by then. */
const soonDays = 14

/** What the own certificate needs, for those who can do something about it. */
export function listCertificateNeeds(ctx: Ctx, now: number, state: TlsState | undefined = tlsState()): TodayNeed[] {
  if (!state || !can(ctx.actor, 'edit settings')) return []
  const days = Math.floor((state.pair.validTo.getTime() - now) / dayMs)
  const isNow = days < 2
  const end =
    days < 0 ? 'has expired' : days === 0 ? 'expires today' : `expires in ${days} ${days === 1 ? 'day' : 'days'}`
  if (!state.problem && days >= soonDays) return []
  return [
    {
      id: 'own certificate',
      level: isNow ? 'now' : 'soon',
      title:
        days < soonDays ? `The certificate of this Pollux ${end}` : 'A new certificate of this Pollux is not in use',
      evidence: state.problem?.sentence ?? `${state.certFile} is read again as soon as it changes.`,
      href: '/settings/connection',
      act: 'Look at the connection',
    },
  ]
}
