import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/lib/errors'
import { type ServiceSettings, unitFile, unitMark, unitText } from './unit-text'

/** One step: what it is for a person, and the program that does it, or the file that is written. */
export type ServiceStep = { says: string } & (
  | { kind: 'run'; argv: readonly [string, ...string[]] }
  | { kind: 'write'; file: string; text: string }
  | { kind: 'remove'; file: string }
)

/** What the machine has now. */
export interface ServiceFacts {
  isRoot: boolean
  hasSystemd: boolean
  /** The unit's text; null where there is none. */
  unit: string | null
  isActive: boolean
  isEnabled: boolean
  /** The user's number; null where there is none. */
  uid: number | null
  /** Whether install-service made the user: only then it is removed. */
  isOwnUser: boolean
  /** The folders that the service writes to, with whether all in them is the user's. */
  folders: readonly { path: string; isUsers: boolean }[]
  /** Who owns the folder of Pollux, as `uid:gid`: what is written to goes back to him. */
  owner: string
}

/** The comment field of a user that install-service made. */
export const ownComment = 'Pollux service'

/** What has to be done for the service to run as the settings say; nothing where it does. Throws AppError `invalid`. */
export function planInstall(settings: ServiceSettings, facts: ServiceFacts): ServiceStep[] {
  refuseUnable(facts)
  for (const [what, path] of Object.entries({ 'Node.js': settings.node, Pollux: settings.folder }))
    if (/^\/(home|root|run\/user)(\/|$)/.test(path))
      refuse(
        `${what} lies at ${path}, and the service may not see what is below /home and /root. Put it elsewhere, such as below /opt or /srv, and install from there.`,
      )
  const text = unitText(settings)
  const steps: ServiceStep[] = []
  const run = (says: string, ...argv: [string, ...string[]]) => steps.push({ kind: 'run', says, argv })
  if (facts.uid === null)
    run(
      `make the user ${settings.user}, who can't sign in`,
      ...(['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'] as const),
      ...['--shell', '/usr/sbin/nologin', '--comment', ownComment, settings.user],
    )
  for (const { path, isUsers } of facts.folders) {
    if (isUsers) continue
    run(`make ${path}, and give it to ${settings.user}`, 'install', '-d', '-m', '0700', path)
    run(`with all that is in it`, 'chown', '-R', '-h', `${settings.user}:${settings.user}`, path)
  }
  const isNew = facts.unit !== text
  if (isNew) {
    steps.push({ kind: 'write', says: `write ${unitFile}`, file: unitFile, text })
    run('have systemd read it', 'systemctl', 'daemon-reload')
  }
  if (!facts.isEnabled) run('start it at every boot', 'systemctl', 'enable', 'pollux.service')
  if (!facts.isActive) run('start it now', 'systemctl', 'start', 'pollux.service')
  else if (isNew) run('start it anew', 'systemctl', 'restart', 'pollux.service')
  return steps
}

/** What has to be done for nothing of the service to be left but its data. Throws AppError `invalid`. */
export function planRemoval({ user }: ServiceSettings, facts: ServiceFacts): ServiceStep[] {
  refuseUnable(facts)
  const steps: ServiceStep[] = []
  const run = (says: string, ...argv: [string, ...string[]]) => steps.push({ kind: 'run', says, argv })
  if (facts.unit !== null) {
    run('end it, also at boot', 'systemctl', 'disable', '--now', 'pollux.service')
    steps.push({ kind: 'remove', says: `remove ${unitFile}`, file: unitFile })
    run('have systemd forget it', 'systemctl', 'daemon-reload')
  }
  for (const { path, isUsers } of facts.folders)
    if (isUsers && facts.uid !== null)
      run(`give ${path} back, with all that is in it`, 'chown', '-R', '-h', facts.owner, path)
  if (facts.uid !== null && facts.isOwnUser) run(`remove the user ${user}`, 'userdel', user)
  return steps
}

/** Looks at the machine. `ask` runs a program and gives what it prints, null where it fails. */
export function readServiceFacts(
  settings: ServiceSettings,
  ask: (...argv: [string, ...string[]]) => string | null,
): ServiceFacts {
  const entry = ask('getent', 'passwd', settings.user)?.trim().split(':')
  const uid = entry ? Number(entry[2]) : null
  const { uid: ownerUid, gid } = statSync(settings.folder)
  const isUsers = (path: string) => existsSync(path) && uid !== null && isAllOf(path, uid)
  return {
    isRoot: process.getuid?.() === 0,
    hasSystemd: existsSync('/run/systemd/system'),
    unit: existsSync(unitFile) ? readFileSync(unitFile, 'utf8') : null,
    isActive: ask('systemctl', 'is-active', 'pollux.service')?.trim() === 'active',
    isEnabled: ask('systemctl', 'is-enabled', 'pollux.service')?.trim() === 'enabled',
    uid,
    isOwnUser: entry?.[4] === ownComment,
    folders: [settings.dataDir, join(settings.folder, '.next/cache')].map((path) => ({ path, isUsers: isUsers(path) })),
    owner: `${ownerUid}:${gid}`,
  }
}

function isAllOf(path: string, uid: number): boolean {
  if (statSync(path).uid !== uid) return false
  return readdirSync(path, { withFileTypes: true }).every((entry) => {
    const below = join(path, entry.name)
    if (entry.isSymbolicLink()) return true
    return entry.isDirectory() ? isAllOf(below, uid) : statSync(below).uid === uid
  })
}

function refuseUnable(facts: ServiceFacts): void {
  if (!facts.isRoot) refuse('Only root can install a service. Run it with sudo.')
  if (!facts.hasSystemd)
    refuse(
      'This machine is not run by systemd, so there is nothing to install a unit into. npm start serves in the foreground.',
    )
  if (facts.unit !== null && !facts.unit.startsWith(unitMark))
    refuse(`${unitFile} was written by somebody else, so it is left alone. Remove it, or keep running Pollux by it.`)
}

function refuse(sentence: string): never {
  throw new AppError('invalid', 'expected a machine that can run the service', { userMessage: sentence })
}
