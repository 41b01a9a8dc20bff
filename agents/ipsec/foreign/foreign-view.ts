import type { IpsecFacts } from '../facts/facts'
import { type Adoptable, adoptable } from './adoptable'
import type { Foreign } from './foreign'
import { foreignOf } from './foreign-of'
import { inWordsWithPlace } from './in-words'

/** What others made on a host, as far as a form judges it beside a mesh that is not planned yet. */
export interface ForeignView
  extends Pick<Foreign, 'id' | 'kind' | 'name' | 'ends' | 'isActive' | 'takesTunnels' | 'fixed'> {
  /** "the connection web of swanctl (line 3 of /etc/swanctl/swanctl.conf)" */
  what: string
  /** Inner addresses that a mesh could go on with. */
  adopts: Pick<Adoptable, 'ownInner' | 'peerOuter' | 'peerInner'> | null
}

/** What others made on a host, for the wizard. Pure. */
export function foreignViews(facts: IpsecFacts): ForeignView[] {
  const all = new Map(adoptable(facts).map((one) => [one.id, one]))
  return foreignOf(facts).map((foreign) => {
    const { id, kind, name, ends, isActive, takesTunnels, fixed } = foreign
    const found = all.get(id)
    const adopts = found ? { ownInner: found.ownInner, peerOuter: found.peerOuter, peerInner: found.peerInner } : null
    return { id, kind, name, ends, isActive, takesTunnels, fixed, what: inWordsWithPlace(foreign), adopts }
  })
}
