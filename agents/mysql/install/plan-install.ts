import { type Plan, type PlanHost, refuse } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { InstallDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { AGENT } from '../names'
import { checksOf } from './checks'
import { findingsOf } from './findings'
import { type Offer, offerOf } from './offer'
import { PACKAGE_DATA } from './places'
import { refusePlace } from './refuse-place'
import { standsAlready } from './stands'
import { stepsOf } from './steps'

/**
 * A server where there is none, from the host's own packages: installed without being started, its data laid where they
 * shall be, then started and proved.
 * @throws AppError `invalid` where it cannot be, with the reason; nothing was touched then
 */
export function planInstall(hosts: readonly PlanHost<MysqlFacts>[], wish: InstallDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which a server shall run.')
  const { hostId, name, facts } = host
  const data = wish.dataDir ?? PACKAGE_DATA
  if (standsAlready(facts, wish))
    return {
      agent: AGENT,
      title: `A server on ${name}`,
      summary: 'Nothing is changed.',
      phases: [],
      checks: [],
      basis: [],
      findings: [],
      guard: null,
      nothingToDo: `${name} has this server already: its data lie in ${data}, and it answers as asked.`,
    }
  const offered = offerOf(name, facts)
  if (!offered.ok) throw refuse(offered.why)
  const { offer } = offered
  refusePlace(name, facts, wish)
  if (fileAt(facts.files, offer.optionFile).state !== 'absent')
    throw refuse(`${offer.optionFile} is there on ${name} from an earlier installation, and no server runs: start it.`)
  return {
    agent: AGENT,
    title: `${calledOf(offer)} installed on ${name}`,
    summary: `${offer.package === null ? `Switches ${offer.server} on` : `Installs ${offer.server} (${offer.count} packages)`}, with its data in ${data}. Undo stops it and keeps it from starting; the packages stay, and so do databases that were made meanwhile.`,
    phases: [{ id: 'install', title: `Install on ${name}`, hosts: [{ hostId, steps: stepsOf(facts, offer, wish) }] }],
    checks: checksOf(hostId, offer, wish),
    basis: basisOf(hostId, facts, offer),
    findings: findingsOf(host, offer, wish),
    guard: null,
    next: { title: 'Tune it' },
    nothingToDo: null,
  }
}

function basisOf(hostId: string, { init, sockets }: MysqlFacts, offer: Offer): Plan['basis'] {
  const item = (name: string, value: string) => ({ hostId, name, value })
  return [
    item('servers', 'none'),
    item('package', `${offer.server} ${offer.packageVersion}${offer.package === null ? ' (installed)' : ''}`),
    item('port 3306', sockets === null ? 'not told' : 'free'),
    item('init', init),
  ]
}

function calledOf({ version }: Offer): string {
  return `${version.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version.numbers.join('.')}`
}
