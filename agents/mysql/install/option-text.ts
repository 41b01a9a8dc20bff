import type { InstallDesired } from '../desired'
import { isAtLeast } from '../version'
import type { Offer } from './offer'

/** What Pollux's option file says: bytes, ASCII by the wish's own rules. */
export function optionText({ dataDir, tmpdir, network }: InstallDesired, offer: Offer): string {
  return [
    '# Set by Pollux when it installed this server: where its data lie, and who may connect.',
    '[mysqld]',
    ...(dataDir ? [`datadir = ${dataDir}`] : []),
    ...(tmpdir ? [`tmpdir = ${tmpdir}`] : []),
    `bind-address = ${bindAddress(network, offer)}`,
    '',
  ].join('\n')
}

/** `*` is every address of both families, from MySQL 5.6.6 and MariaDB 10.0 on; before, only those of IPv4 can be had so. */
export function bindAddress(network: InstallDesired['network'], { version }: Pick<Offer, 'version'>): string {
  if (network === 'local') return '127.0.0.1'
  return isAtLeast(version, 5, 6, 6) ? '*' : '0.0.0.0'
}
