import type { IpAddress } from '@/lib/agent/ip-address'
import { isAppError } from '@/lib/errors'
import { plainName } from '../dns/name'
import type { Dns } from '../dns/open-dns'
import type { Budget } from './budget'

/** RFC 7208, 4.6.4: further names are not looked at. */
const mostNames = 10

/** The names of the address that lead back to it (RFC 7208, 5.5). What could not be asked does not count: no error. */
export async function validatedNames(run: { dns: Dns; ip: IpAddress; budget: Budget }): Promise<string[]> {
  const { dns, ip, budget } = run
  const names = budget.valuesOf(await orNothing(dns.names(ip.host)))
  const validated: string[] = []
  for (const name of names.slice(0, mostNames)) {
    const answer = await orNothing(dns.addresses(name, ip.family))
    if (answer.state === 'found' && answer.values.includes(ip.host)) validated.push(plainName(name))
  }
  return validated
}

async function orNothing<T>(question: Promise<T>): Promise<T | { state: 'no-record' }> {
  try {
    return await question
  } catch (error) {
    if (isAppError(error)) return { state: 'no-record' }
    throw error
  }
}
