import type { IpAddress } from '@/lib/agent/ip-address'
import type { Dns } from '../dns/open-dns'
import type { Budget } from './budget'
import { expandMacros } from './expand-macros'
import { validatedNames } from './validated-names'

/** What every step of one evaluation knows. */
export interface Evaluation {
  dns: Dns
  /** The address that sends. */
  ip: IpAddress
  /** The envelope's sender, with a local part. */
  sender: string
  helo: string
  budget: Budget
}

/** The domain that a term names; `at` is the domain whose record it is, and what a term without a domain means. */
export async function targetOf(spec: string | null, at: string, run: Evaluation): Promise<string> {
  if (spec === null) return at
  return expandMacros(spec, { ...run, domain: at, validatedName: () => bestName(at, run) })
}

// RFC 7208, 7.3 ("p"): the domain itself, else a name in it, else any.
async function bestName(at: string, run: Evaluation): Promise<string> {
  const names = await validatedNames(run)
  return names.find((name) => name === at) ?? names.find((name) => name.endsWith(`.${at}`)) ?? names[0] ?? 'unknown'
}
