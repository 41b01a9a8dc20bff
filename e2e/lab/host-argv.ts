import type { LabHost } from './descriptor'
import { pidOf } from './process-ref'
import { consoleArgv } from './uml-console'

/** The command as root on a host, out of band: by its namespaces, or by a guest's own second sshd. */
export function hostArgv(host: LabHost, argv: readonly string[]): string[] {
  if (host.kind === 'uml') return consoleArgv(host, argv)
  const env = ['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'TERM=dumb', 'LC_ALL=C']
  const enter = ['nsenter', '-t', String(pidOf(host.process)), '-m', '-u', '-i', '-n', '-p', '-C', '-r', '-w', '--']
  return [...enter, ...env, ...argv]
}
