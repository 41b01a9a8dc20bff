import type { LabHost } from './descriptor'
import { consoleArgv } from './guest-console'
import { isGuestKind } from './hosts'
import { pidOf } from './process-ref'

/** The command as root on a host, out of band: by its namespaces, or by a guest's own second sshd. */
export function hostArgv(host: LabHost, argv: readonly string[]): string[] {
  if (isGuestKind(host.kind)) return consoleArgv(host, argv)
  const env = ['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'TERM=dumb', 'LC_ALL=C']
  const enter = ['nsenter', '-t', String(pidOf(host.process)), '-m', '-u', '-i', '-n', '-p', '-C', '-r', '-w', '--']
  return [...enter, ...env, ...argv]
}
