import type { PlanHost } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import type { AccountMay } from './desired'
import { isSameGrants, labelOf } from './grant'
import { grantsFor, rightsFor } from './rights'
import { type AccountSituation, accountSituation } from './situation'

/** Rights and what they are for, as the wizard lists them. */
export interface RightView {
  rights: string
  why: string
}

/** What the wizard's form for Pollux's own account of a server begins with. */
export interface AccountOffer {
  /** Why there can be none; null where there can. */
  whyNot: string | null
  /** Who the server is asked as; null where nobody is let in. */
  askedAs: string | null
  isAskedByAccount: boolean
  /** Pollux's option file on the host. */
  path: string
  /** What the account that is there may do; `other` where it is not as Pollux makes one. */
  now: AccountMay | 'other'
  reads: readonly RightView[]
  tunes: readonly RightView[]
}

/** Pure. A server that is not there is said, and never thrown. */
export function accountOffer(host: PlanHost<MysqlFacts>, key: string): AccountOffer {
  try {
    return offerOf(accountSituation(host, key))
  } catch (error) {
    if (!isAppError(error)) throw error
    const whyNot = error.userMessage ?? error.message
    return { whyNot, askedAs: null, isAskedByAccount: false, path: '', now: 'nothing', reads: [], tunes: [] }
  }
}

function offerOf(of: AccountSituation): AccountOffer {
  const reads = rightsFor(of.version, 'read')
  const tunes = rightsFor(of.version, 'tune').filter((row) => !reads.includes(row))
  const shown = (rows: typeof reads): RightView[] =>
    rows.map(({ grants, why }) => ({
      rights: grants.map((one) => labelOf({ ...one, isGrantable: false })).join(', '),
      why,
    }))
  return {
    whyNot: null,
    ...askedAs(of.server),
    path: of.path,
    now: nowOf(of),
    reads: shown(reads),
    tunes: shown(tunes),
  }
}

/** By which account a server was asked: CURRENT_USER() as it says it. */
export function askedAs({ said }: MysqlServer): Pick<AccountOffer, 'askedAs' | 'isAskedByAccount'> {
  if (said.state === 'not-read') return { askedAs: null, isAskedByAccount: false }
  return { askedAs: said.value.account, isAskedByAccount: Boolean(said.value.accountFile) }
}

function nowOf({ file, grants, version }: AccountSituation): AccountOffer['now'] {
  if (file === 'gone' && typeof grants === 'string') return 'nothing'
  if (file !== 'as written' || typeof grants === 'string') return 'other'
  return (['read', 'tune'] as const).find((may) => isSameGrants(grants, grantsFor(version, may))) ?? 'other'
}
