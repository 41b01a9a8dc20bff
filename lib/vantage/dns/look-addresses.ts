import type { FarSeen } from '@/lib/agent'
import { listed } from './name'
import type { Dns } from './open-dns'

/** All addresses of a name, IPv4 first. Where one family could not be asked, the list is not known. */
export async function lookAddresses(dns: Dns, name: string): Promise<FarSeen> {
  return { learned: { addresses: listed(await allAddresses(dns, name)) }, why: '' }
}

/** Throws AppError `unreachable` as `Dns` does. */
export async function allAddresses(dns: Dns, name: string): Promise<string[]> {
  const answers = await Promise.all([dns.addresses(name, 4), dns.addresses(name, 6)])
  return answers.flatMap((answer) => (answer.state === 'found' ? [...answer.values].sort() : []))
}
