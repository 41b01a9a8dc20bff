import { canonicalIp, isLinkLocal } from '../addresses'
import { notSeen } from '../not-seen'
import { seenFromScript } from './host-scripts'
import type { MailHost } from './mail-host'
import { isOwnAddress } from './own-addresses'

/** The address in what sshd says of a login: `192.0.2.1 51234 …`; null when there is none. */
export function parseSeenFrom(text: string): string | null {
  return canonicalIp(text.trim().split(/\s+/)[0] ?? '')
}

/**
 * The address of the dashboard's machine at which a host sees it, where mail from there can come to.
 * @throws AppError `unreachable` when that is no address of this machine
 */
export async function addressSeenBy(host: MailHost, signal: AbortSignal): Promise<string> {
  const address = parseSeenFrom(await host.script(seenFromScript, { signal, isPrivileged: false }))
  if (address === null)
    throw notSeen(`${host.name} does not tell from where it sees Pollux, so no mail can be sent there.`)
  if (!isOwnAddress(address))
    throw notSeen(
      `${host.name} sees Pollux at ${address}, which is no address of this machine (NAT, or a jump host), so mail sent there would not arrive.`,
    )
  if (isLinkLocal(address))
    throw notSeen(`${host.name} sees Pollux at ${address}, a link-local address, to which no mail can be sent.`)
  return address
}
