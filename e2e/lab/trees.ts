import { DEBIAN_USERS, DEFAULT_HOSTS, type HostSpec, MYSQL_ACCOUNT } from './hosts'
import { LabError } from './lab-error'
import { type Built, ensureBuilt } from './layers'
import { EMULATOR_PACKAGES, missing } from './prerequisites'

type Say = (line: string) => void

/** Builds (or finds in the cache) the tree that hosts of this layer stand on. */
export async function ensureTree(layer: HostSpec['layer'], say: Say): Promise<Built> {
  switch (layer) {
    case 'fitted':
      return ensureFitted(await ensureBase(say), say)
    case 'ifupdown':
      return ensureInstalled('ifupdown', await ensureTree('fitted', say), say)
    case 'postfix':
      return ensureInstalled('postfix', await ensureTree('ifupdown', say), say, ['preseed-postfix.sh'])
    case 'nameserver':
      return ensureInstalled('nameserver', await ensureTree('postfix', say), say)
    case 'exim':
      return ensureInstalled('exim', await ensureTree('fitted', say), say)
    case 'trixie':
    case 'bullseye':
      return ensureFitted(await ensureRelease(layer, say), say, layer)
    case 'bacula-mariadb':
      return ensureBacula(layer, await ensureTree('fitted', say), ['Europe/Berlin'], say)
    case 'bacula-postgresql':
      return ensureBacula(layer, await ensureTree('fitted', say), ['Etc/UTC'], say)
    case 'bacula-sqlite':
      return ensureBacula(layer, await ensureTree('trixie', say), ['Asia/Kolkata', 'trixie'], say)
    case 'mariadb':
      return ensureMariadb(layer, await ensureTree('fitted', say), [], say)
    case 'mariadb-bullseye':
      return ensureMariadb(layer, await ensureTree('bullseye', say), ['bullseye'], say)
    case 'mariadb-trixie':
      return ensureMariadb(layer, await ensureTree('trixie', say), ['trixie'], say)
    case 'oldnas':
      return ensureBuilt(
        { name: 'oldnas', script: 'build-oldnas.sh', uses: [await ensureBase(say)], seconds: 300 },
        say,
      )
    case 'uml':
      return ensureGuest('uml', await ensureTree('fitted', say), layer, say)
    case 'uml-sysv':
      return ensureGuest('uml', await ensureSysv('sysv', await ensureTree('fitted', say), say), layer, say)
    case 'uml-mariadb':
      return ensureGuest('uml', await ensureSysv('sysv-mariadb', await ensureTree('mariadb', say), say), layer, say)
    case 'uml-ipsec':
      return ensureGuest('uml', await ensureIpsec('ipsec', [], say), layer, say)
    case 'uml-ipsec-ifupdown':
      return ensureGuest('uml', await ensureIpsec('ipsec-ifupdown', ['ifupdown'], say), layer, say)
    case 'uml-starter':
      return ensureGuest('uml', await ensureInstalled('starter', await ensureTree('fitted', say), say), layer, say)
    case 'qemu-ufw':
      return ensureEmulated(await ensureIpsec('ipsec-ufw', ['nftables', 'ufw'], say), layer, say)
    case 'qemu-firewalld':
      return ensureEmulated(await ensureIpsec('ipsec-firewalld', ['firewalld'], say), layer, say)
  }
}

export function ensureBase(say: Say): Promise<Built> {
  return ensureBuilt({ name: 'base', script: 'build-base.sh', reads: ['apt-sources.sh'], seconds: 900 }, say)
}

/** The users and settings of every Debian host; on another release than Debian 12 without the lab's repository. */
function ensureFitted(base: Built, say: Say, release?: string): Promise<Built> {
  const input = DEBIAN_USERS.map((user) => `${user.privilege} ${user.name} ${user.password}\n`).join('')
  const args = release ? ['without-repository'] : []
  const name = release ? `fitted-${release}` : 'fitted'
  return ensureBuilt({ name, script: 'build-fitted.sh', upon: [base], args, input, seconds: 300 }, say)
}

/** A layer of packages, with the script `build-NAME.sh`. */
function ensureInstalled(name: string, below: Built, say: Say, reads: string[] = []): Promise<Built> {
  return ensureBuilt({ ...installed(name, reads), name, upon: [below] }, say)
}

/** Another init on a tree; one layer for each such tree. */
function ensureSysv(name: string, below: Built, say: Say): Promise<Built> {
  return ensureBuilt({ ...installed('sysv'), name, upon: [below] }, say)
}

/** strongSwan and `packages` besides. */
async function ensureIpsec(name: string, packages: string[], say: Say): Promise<Built> {
  const below = await ensureTree('fitted', say)
  return ensureBuilt({ ...installed('ipsec'), name, upon: [below], args: packages }, say)
}

const installed = (what: string, reads: string[] = []) => ({
  script: `build-${what}.sh`,
  reads: ['install-into.sh', ...reads],
  seconds: 400,
})

const RELEASE_PACKAGES = [
  'dbus',
  'iproute2',
  'iputils-arping',
  'iputils-ping',
  'openssh-server',
  'procps',
  'sudo',
  'systemd-sysv',
]

/**
 * Another release of Debian with Postfix.
 * @throws LabError `cannot-run` when the mirror that this machine uses does not have the release.
 */
function ensureRelease(suite: 'trixie' | 'bullseye', say: Say): Promise<Built> {
  // A new Debian 13 keeps its log in the journal alone.
  const args = [suite, ...RELEASE_PACKAGES, ...(suite === 'bullseye' ? ['rsyslog'] : [])]
  const reads = ['apt-sources.sh', 'preseed-postfix.sh']
  return ensureBuilt({ name: suite, script: 'build-release.sh', reads, args, seconds: 900 }, say)
}

const BACULA_FILES = [
  'catalog.sh',
  'past.sh',
  'lab-slow',
  ...['bacula-dir', 'bacula-sd', 'bacula-fd', 'bconsole', 'bconsole-restricted'].map((name) => `${name}.conf`),
].map((file) => `bacula/${file}`)

/** Bacula with a past, whose records name their host; `where` is its time zone and, unless it is Debian 12, the release. */
function ensureBacula(layer: HostSpec['layer'], below: Built, where: string[], say: Say): Promise<Built> {
  const host = DEFAULT_HOSTS.find((spec) => spec.layer === layer)
  if (!host) throw new LabError('failed', `Expected a host that stands on ${layer}, got none.`)
  const args = [layer.replace('bacula-', ''), host.name, host.links[0].address, ...where]
  const reads = ['apt-sources.sh', 'install-into.sh', 'install-release-into.sh', ...BACULA_FILES]
  return ensureBuilt({ name: layer, script: 'build-bacula.sh', reads, upon: [below], args, seconds: 900 }, say)
}

const MARIADB_FILES = ['fill.sh', 'shop.sql', 'old.sql'].map((file) => `mariadb/${file}`)

/** MariaDB and its databases; `suite` is the release, unless it is Debian 12. */
function ensureMariadb(layer: HostSpec['layer'], below: Built, suite: string[], say: Say): Promise<Built> {
  const args = [MYSQL_ACCOUNT.name, MYSQL_ACCOUNT.password, ...suite]
  const reads = ['apt-sources.sh', 'install-into.sh', 'install-release-into.sh', ...MARIADB_FILES]
  return ensureBuilt({ name: layer, script: 'build-mariadb.sh', reads, upon: [below], args, seconds: 900 }, say)
}

/** A guest with Debian's own kernel. @throws LabError `cannot-run` where this machine has no emulator. */
function ensureEmulated(below: Built, name: string, say: Say): Promise<Built> {
  const packages = missing(EMULATOR_PACKAGES).join(' ')
  if (packages === '') return ensureGuest('qemu', below, name, say)
  throw new LabError('cannot-run', `Expected Debian's ${packages} for the layer ${name}: apt-get install ${packages}`)
}

function ensureGuest(kind: 'uml' | 'qemu', below: Built, name: string, say: Say): Promise<Built> {
  const reads = kind === 'qemu' ? ['unpack-kernel.sh'] : []
  return ensureBuilt({ name, script: 'build-guest.sh', reads, upon: [below], args: [kind], seconds: 400 }, say)
}
