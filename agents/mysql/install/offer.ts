import type { MysqlFacts } from '../facts/facts'
import { type Flavour, isAtLeast, parseServerVersion, type ServerVersion } from '../version'
import { oldReleaseOf, scriptToRead } from './old-releases'
import { PACKAGE_DATA } from './places'

/** The server that would come, with what follows from its kind. */
export interface Offer {
  /** What apt is asked for; null where its packages are there already and only the server is off. */
  package: string | null
  /** The server's own package, and its version as the package has it. */
  server: string
  packageVersion: string
  version: ServerVersion
  /** How many packages come. */
  count: number
  unit: string
  client: 'mariadb' | 'mysql'
  /** Pollux's option file for what it installs: read after the package's own files, before the file of tuning. */
  optionFile: string
}

export type Offered = { ok: true; offer: Offer } | { ok: false; why: string; script: string | null }

const OPTION_FILE = '70-pollux-install.cnf'
const IS_SERVER = /^(?:mariadb-server|mysql-server|mysql-community-server|percona-server-server)(?:-\d[\d.]*)?$/

/** What could be installed on a host, or the sentence that tells why nothing can. */
export function offerOf(name: string, facts: MysqlFacts): Offered {
  const why = whyNot(name, facts)
  if (why !== null) return { ok: false, why, script: null }
  const there =
    facts.packages.state === 'read'
      ? facts.packages.value.find((one) => one.state === 'installed' && IS_SERVER.test(one.name))
      : undefined
  if (there) return offered(name, { package: null, server: there.name, packageVersion: there.version, count: 0 })
  if (!facts.programs.includes('apt-get'))
    return no(`${name} has no apt, and Pollux installs by no other package manager. Install the server by hand.`)
  if (facts.traces.some(({ path }) => path.startsWith(`${PACKAGE_DATA}/`)))
    return no(`The data of an earlier server lie in ${PACKAGE_DATA} on ${name}: move them away first.`)
  if (facts.candidate.state === 'not-read') return withoutCandidate(name, facts, facts.candidate.detail)
  const { package: wanted, server, version, installs } = facts.candidate.value
  return offered(name, { package: wanted, server, packageVersion: version, count: installs.length })
}

function whyNot(name: string, facts: MysqlFacts): string | null {
  const [server] = facts.servers
  if (server) return `${name} has a server already: its data lie in ${server.key}.`
  if (facts.processesNotRead !== null)
    return `Not all processes of ${name} could be seen (${facts.processesNotRead}): a server may run there.`
  const socket = facts.sockets?.find(({ port }) => port === 3306)
  if (socket)
    return `${socket.program ?? 'Another program'} on ${name} listens on port 3306${socket.pid === null ? '' : ` (process ${socket.pid})`}: that is the server's.`
  if (facts.init !== 'systemd')
    return `Services on ${name} are not started by systemd: Pollux installs a server only where it is. Install it by hand.`
  if (facts.packages.state === 'not-read')
    return `Which packages ${name} has could not be read: ${facts.packages.detail}.`
  return null
}

/** No package manager that Pollux knows of has one: the release is dead, or its lists are empty. */
function withoutCandidate(name: string, { release }: MysqlFacts, detail: string): Offered {
  const old = oldReleaseOf(release)
  if (!old)
    return no(
      `apt on ${name} knows no package of a MySQL or MariaDB server (${detail}). Let it read its sources anew (apt-get update), then come back.`,
    )
  const why = `${name} has Debian ${release?.version} (${old.name}), and its sources give no packages any more. It would take the sources of "${old.name}" from the archive of Debian's old releases, and of them ${old.package} (${old.server}). Pollux stops here: nothing was changed.`
  return { ok: false, why, script: scriptToRead(old) }
}

function no(why: string): Offered {
  return { ok: false, why, script: null }
}

function offered(name: string, found: Pick<Offer, 'package' | 'server' | 'packageVersion' | 'count'>): Offered {
  const flavour: Flavour = found.server.startsWith('mariadb') ? 'mariadb' : 'mysql'
  // "1:10.11.19-0+deb12u1": what stands before the colon is the packager's own count.
  const version = parseServerVersion(`${found.packageVersion.replace(/^\d+:/, '')} ${flavour}`)
  if (!version) return no(`The version of ${found.server} on ${name} (${found.packageVersion}) cannot be read.`)
  const folder = flavour === 'mariadb' ? '/etc/mysql/mariadb.conf.d' : '/etc/mysql/mysql.conf.d'
  return {
    ok: true,
    offer: {
      ...found,
      version: { ...version, flavour },
      unit: `${flavour}.service`,
      client: flavour === 'mariadb' && isAtLeast(version, 10, 5) ? 'mariadb' : 'mysql',
      optionFile: `${folder}/${OPTION_FILE}`,
    },
  }
}
