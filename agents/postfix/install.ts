import { type Argv, type Check, type Plan, refuse } from '@/lib/agent'
import { AGENT } from './names'
import { foreignOn, type Host, whyNoPostfix } from './resolve'

/**
 * Postfix from the host's own packages, as they set it up for a host that sends by itself, started. What is planned on it
 * comes as a change of its own, on facts that are read then.
 */
export function planInstall({ hostId, name, facts }: Host): Plan {
  const there = facts.instances.length > 0
  const other = foreignOn(facts, [{ host: null, port: 25 }])[0]
  if (!there && other !== undefined) throw refuse(whyNoPostfix(name, facts), 'hostId')
  if (!there && !facts.programs.includes('apt-get'))
    throw refuse(
      `${name} has no apt, and Pollux installs by no other package manager yet. Install Postfix by hand, then come back.`,
      'hostId',
    )
  const starter: Argv = facts.programs.includes('systemctl')
    ? ['systemctl', 'start', 'postfix.service']
    : ['/etc/init.d/postfix', 'start']
  const check = (id: string, title: string, expect: Check['expect'], command: readonly [string, ...string[]]): Check =>
    ({ id, hostId, title, weight: 'must', timeoutS: 10, read: { command }, expect }) as Check
  return {
    agent: AGENT,
    title: `Postfix installed on ${name}`,
    summary: there
      ? 'Nothing is changed.'
      : `Installs Postfix on ${name} and starts it. Undo stops it and keeps it from starting; the packages stay.`,
    phases: there
      ? []
      : [
          {
            id: 'install',
            title: `Install on ${name}`,
            hosts: [
              {
                hostId,
                steps: [
                  {
                    kind: 'install',
                    id: 'install',
                    title: 'Install Postfix from the packages of the host',
                    timeoutS: 600,
                    manager: 'apt',
                    packages: ['postfix'],
                    units: ['postfix.service'],
                    undo: { disable: true },
                  },
                  {
                    kind: 'run',
                    id: 'start',
                    title: 'Start Postfix',
                    timeoutS: 90,
                    run: starter,
                    undo: { nothing: 'The undo of the installation stops it.' },
                  },
                ],
              },
            ],
          },
        ],
    checks: there
      ? []
      : [check('version', 'Postfix tells its version', { includes: '.' }, ['postconf', '-h', 'mail_version'])],
    basis: [
      { hostId, name: 'Postfix version', value: facts.version ?? 'none' },
      { hostId, name: 'other programs on port 25', value: other ?? 'none' },
      { hostId, name: 'services are started by', value: starter[0] },
    ],
    findings: there
      ? []
      : [
          {
            level: 'info',
            hostId,
            title: `Postfix on ${name} will listen on every address at first`,
            detail:
              'As its package sets it up. Which addresses it shall listen on and send from is the next change; the wizard leads there.',
          },
        ],
    guard: null,
    next: { title: 'Choose its address' },
    nothingToDo: there ? `${name} has Postfix ${facts.version ?? ''} already.` : null,
  }
}
