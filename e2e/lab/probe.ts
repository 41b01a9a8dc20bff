import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cgroupParent } from './cgroup'
import { LabError } from './lab-error'
import { LAB_PACKAGES, missing } from './prerequisites'

/** What keeps this machine from running the lab, each a sentence; empty when nothing does. Changes nothing. */
export function obstacles(): string[] {
  if (process.platform !== 'linux') return ['The lab needs Linux.']
  if (process.getuid?.() !== 0) return ['The lab makes namespaces and links: run it as root.']
  const packages = missing(LAB_PACKAGES)
  const found: string[] = []
  if (packages.length > 0) found.push(`Debian packages are missing: apt-get install ${packages.join(' ')}`)
  if (!hasOverlay()) found.push('This kernel has no overlay file system (overlay).')
  if (!existsSync('/dev/net/tun')) found.push('This machine has no /dev/net/tun; user-mode Linux guests need it.')
  if (!existsSync(`${cgroupParent()}/cgroup.procs`))
    found.push('No cgroups of version 2 are mounted below /sys/fs/cgroup.')
  if (packages.length === 0 && !canMakeLinks()) {
    found.push('This kernel lets us make no network namespace with a bridge and a veth pair.')
  }
  return found
}

/** @throws LabError `cannot-run` with every obstacle in one sentence each. */
export function assertRunnable(): void {
  const found = obstacles()
  if (found.length > 0) throw new LabError('cannot-run', `The lab can't run here. ${found.join(' ')}`)
}

function hasOverlay(): boolean {
  if (/\boverlay$/m.test(readFileSync('/proc/filesystems', 'utf8'))) return true
  return succeeds('modprobe', ['-q', 'overlay'])
}

/** Tried in a namespace that ends with the command. */
function canMakeLinks(): boolean {
  const script = 'ip link add b0 type bridge && ip link add v0 type veth peer name v1 && ip link set v0 master b0'
  return succeeds('unshare', ['--net', 'sh', '-c', script])
}

function succeeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
