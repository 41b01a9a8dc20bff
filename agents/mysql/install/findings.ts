import type { Finding } from '@/lib/agent'
import type { InstallDesired } from '../desired'
import { fileSystemOf, type MysqlFacts } from '../facts/facts'
import { supportOf } from '../variables'
import type { Offer } from './offer'
import { isVolatile, PACKAGE_DATA } from './places'

type Words = Pick<Finding, 'level' | 'title' | 'detail'>

/** What a person should know before approving it. */
export function findingsOf(
  host: { hostId: string; name: string; facts: MysqlFacts },
  offer: Offer,
  wish: InstallDesired,
): Finding[] {
  const all = [networkWords(host.name, wish), ...placeWords(host, wish), ...serverWords(host.name, offer)]
  return all.map((finding) => ({ ...finding, hostId: host.hostId }))
}

function networkWords(name: string, { network }: InstallDesired): Words {
  return network === 'local'
    ? {
        level: 'info',
        title: `Only programs on ${name} can connect`,
        detail: 'By the socket and 127.0.0.1. root needs no password there, and cannot come from elsewhere.',
      }
    : {
        level: 'warn',
        title: `Everybody who reaches ${name} can try passwords`,
        detail:
          'The server will listen on every address, port 3306. Keep it behind a firewall; what it says is not encrypted unless its accounts demand it.',
      }
}

function placeWords(
  { name, facts }: { name: string; facts: MysqlFacts },
  { dataDir, tmpdir }: InstallDesired,
): Words[] {
  const found: Words[] = []
  if (dataDir !== null) {
    found.push({
      level: 'info',
      title: `What the package made in ${PACKAGE_DATA} stays there`,
      detail: 'An empty set of the server’s own files, some 120 MB: that is what it has again when this is taken back.',
    })
    const data = fileSystemOf(facts, dataDir)
    if (data?.isNetwork)
      found.push({
        level: 'warn',
        title: `${dataDir} lies on a network file system (${data.type})`,
        detail: 'What the server believes to be written may be lost with the other machine.',
      })
  }
  const temporary = tmpdir === null ? null : fileSystemOf(facts, tmpdir)
  if (temporary && isVolatile(temporary.type))
    found.push({
      level: 'warn',
      title: `${tmpdir} lies in memory (${temporary.mount}) on ${name}`,
      detail:
        'Temporary files take memory there, and the folder is gone after a reboot: the server does not start then.',
    })
  return found
}

function serverWords(name: string, offer: Offer): Words[] {
  const found: Words[] = []
  if (offer.package === null)
    found.push({
      level: 'info',
      title: `${offer.server} is installed on ${name} already, and off`,
      detail: 'It is switched on, if no databases are found in its data directory.',
    })
  const support = supportOf(offer.version)
  if (support !== 'live-tested')
    found.push({
      level: 'warn',
      title: `${offer.version.text}: ${support}`,
      detail: 'Pollux was not tried on a running server of this version. What it does is proved all the same.',
    })
  return found
}
