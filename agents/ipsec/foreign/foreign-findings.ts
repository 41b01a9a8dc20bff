import type { Finding, PlanHost } from '@/lib/agent'
import type { IpsecFacts } from '../facts/facts'
import { type Foreign, unreadFiles } from './foreign'
import { inWords, inWordsWithPlace } from './in-words'

type Host = PlanHost<IpsecFacts>

/** What a person should know of a thing that goes. */
export function goneFindings({ hostId, name }: Host, foreign: Foreign): Finding[] {
  const isTunnel = foreign.kind === 'tunnel'
  const isLeft = isTunnel && foreign.cuts.length === 0
  const detail = isTunnel
    ? `What runs through it is cut off until the mesh's own tunnel is up, and for good where it used other addresses.${isLeft ? ' Nothing was found that sets it up at boot: what does may make it again, and the mesh’s own would not come up then.' : ''}`
    : 'What it protected beside the tunnels, SSH among it, goes without IPsec from then on, as the mesh covers the tunnels alone. Both ends let go of it in the same phase; in between they may not hear each other.'
  return [
    {
      level: 'warn',
      hostId,
      title: `On ${name} this change takes out ${inWords(foreign)}`,
      detail: `${foreign.places.length > 0 ? `It stands in ${foreign.places.join(', ')}. ` : ''}${detail} Taking the change back puts it back.`,
    },
  ]
}

/** What stays, in one sentence. */
export function keptFindings({ hostId, name }: Host, kept: readonly Foreign[]): Finding[] {
  if (kept.length === 0) return []
  const some = kept.slice(0, 6).map(inWordsWithPlace)
  return [
    {
      level: 'info',
      hostId,
      title: `What others made of IPsec and IP-IP on ${name} stays beside the mesh`,
      detail: `Nothing of it is touched: ${some.join('; ')}${kept.length > some.length ? '; …' : ''}.`,
    },
  ]
}

/** What nobody could look into. */
export function unreadFindings({ hostId, name, facts }: Host): Finding[] {
  const unread = unreadFiles(facts.files)
  if (unread.length === 0) return []
  return [
    {
      level: 'info',
      hostId,
      title: `Not every file of IPsec on ${name} was read`,
      detail: `${unread.map(({ path, why }) => `${path} (${why})`).join('; ')}. What stands there is known only as far as strongSwan and the kernel tell of it, and is not taken out.`,
    },
  ]
}
