import { execFileSync, spawnSync } from 'node:child_process'
import { LabError } from './lab-error'

/** Debian packages that the lab needs. */
export const LAB_PACKAGES: readonly string[] = [
  'apt-utils',
  'busybox-static',
  'e2fsprogs',
  'iproute2',
  'mmdebstrap',
  'nftables',
  'openssh-client',
  'openssl',
  'tcpdump',
  'uml-utilities',
  'user-mode-linux',
  'util-linux',
]

/** What tests log in to and become root with on this machine, and what writes down every program that a host starts. */
export const LOGIN_PACKAGES: readonly string[] = ['openssh-server', 'procps', 'strace', 'sudo']

/** The shells that host-side scripts are tried in on this machine, and the checker of their syntax. */
export const SHELL_PACKAGES: readonly string[] = ['bash', 'busybox-static', 'dash', 'devscripts', 'posh']

/** The browser of the end-to-end tests, with fonts that make its screenshots readable. */
export const BROWSER_PACKAGES: readonly string[] = ['chromium', 'fonts-dejavu-core', 'fonts-liberation']

/** For guests with Debian's own kernel. None of them is in the default set. */
export const EMULATOR_PACKAGES: readonly string[] = ['qemu-system-x86', 'seabios']

/** What only benches compare with, and the server that holds their catalog. */
export const BENCH_PACKAGES: readonly string[] = [
  'ansible-core',
  'mariadb-client-core',
  'mariadb-server-core',
  'mysqltuner',
]

const TEST_PACKAGES = [...new Set([...LAB_PACKAGES, ...LOGIN_PACKAGES, ...SHELL_PACKAGES, ...BROWSER_PACKAGES])].sort()

/** Those of the packages (default: all that `npm test` needs) which dpkg does not know as installed. */
export function missing(packages: readonly string[] = TEST_PACKAGES): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const shown = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Abbrev}\n', ...packages], {
    encoding: 'utf8',
  })
  const installed = new Set(
    (shown.stdout ?? '')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status?.startsWith('ii'))
      .map(([name]) => name),
  )
  return packages.filter((name) => !installed.has(name))
}

/**
 * Installs what is missing, as root, with this machine's own apt. Waits up to ten minutes for another apt.
 * @throws LabError `cannot-run` that names the packages when it may not or can not install them.
 */
export function install(packages: readonly string[] = TEST_PACKAGES): void {
  const wanted = missing(packages)
  if (wanted.length === 0) return
  const command = `apt-get install --no-install-recommends ${wanted.join(' ')}`
  if (process.getuid?.() !== 0) throw new LabError('cannot-run', `Packages are missing. As root: ${command}`)
  const apt = (...args: string[]): void => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=600', ...args], { stdio: 'inherit', env })
  }
  try {
    apt('update')
    apt('install', '--no-install-recommends', ...wanted)
  } catch {
    throw new LabError('cannot-run', `Packages are missing and apt could not install them: ${command}`)
  }
}
