import { type Check, type FileStep, type RunStep, refuse, type Step, shadowFolder } from '@/lib/agent'
import { type ConfigFile, type FileState, stateAt } from '@/lib/agent/config-file'
import {
  consoleCommands,
  consoleFile,
  directorOf,
  findConsole,
  hasOurCommands,
  withConsole,
  withoutConsole,
} from './console-resource'
import type { BaculaFacts } from './facts'
import { consoleConf, dirConf, polluxConf } from './paths'
import { fed, program } from './programs'
import { directiveOf, resourcesOf } from './tokens'

export interface ConsoleWork {
  steps: Step[]
  checks: Check[]
}

interface Host {
  hostId: string
  name: string
  facts: BaculaFacts
}

/** The steps that make the console, or take it away; none where it is so already. Throws `invalid` with the reason. */
export function consoleWork(host: Host, present: boolean, password: string | null): ConsoleWork {
  const { facts, name } = host
  const dir = fileOf(facts.dirConf, dirConf, name)
  const text = dir.bytes
  if (resourcesOf(text) === null)
    throw refuse(`The braces of ${dirConf} on ${name} do not close, so Pollux does not write into it.`)
  const found = findConsole(text)
  if (found === 'many') throw refuse(`${dirConf} on ${name} has two consoles named pollux. Remove one by hand.`)
  if (present ? isAsWished(facts) : found === null && facts.polluxConf.state === 'absent')
    return { steps: [], checks: [] }
  if (present && found !== null && facts.polluxConf.state === 'there' && !hasOurCommands(found))
    throw refuse(`${dirConf} on ${name} has a console named pollux that may do other things. Take it away first.`)
  const after = present ? withConsole(withoutConsole(text), wanted(password)) : withoutConsole(text)
  const own = ownFile(host, dir, present ? wanted(password) : null)
  return {
    steps: [lintStep(facts), ...stepsInOrder(present, own, dirStep(dir, after)), ...(present ? [letInStep()] : [])],
    checks: checksOf(host.hostId, facts, present),
  }
}

/** Whether both files have the console, with the same password and with Pollux's commands. */
export function isAsWished(facts: BaculaFacts): boolean {
  const { dirConf: dir, polluxConf: own } = facts
  if (dir.state !== 'there' || own.state !== 'there') return false
  const found = findConsole(dir.bytes)
  if (found === null || found === 'many' || !hasOurCommands(found)) return false
  const said = (resourcesOf(own.bytes) ?? []).find(({ type }) => type === 'console')
  return said !== undefined && directiveOf(said, 'password') === directiveOf(found, 'password') && own.mode === '0640'
}

type State = NonNullable<FileState>

function fileOf(file: ConfigFile, path: string, host: string): State {
  const state = stateAt({ [path]: file }, path)
  if (!state.ok) throw refuse(`${path} on ${host} ${state.why}.`)
  if (state.before === null) throw refuse(`${host} has no ${path}: its director’s configuration lies elsewhere.`)
  return state.before
}

function wanted(password: string | null): string {
  if (password === null) throw refuse('The console needs a password.')
  return password
}

function ownFile({ facts, name }: Host, dir: State, password: string | null): FileStep {
  const state = stateAt({ [polluxConf]: facts.polluxConf }, polluxConf)
  if (!state.ok) throw refuse(`${polluxConf} on ${name} ${state.why}.`)
  const base = {
    kind: 'file',
    id: 'console-file',
    timeoutS: 20,
    path: polluxConf,
    before: state.before,
    undo: { copy: true },
  } as const
  if (password === null) return { ...base, title: `Remove ${polluxConf}`, after: null }
  const director = directorOf(fileOf(facts.consoleConf, consoleConf, name).bytes)
  if (director === null) throw refuse(`${consoleConf} on ${name} does not tell where its director is.`)
  const after = { bytes: consoleFile(director, password), mode: '0640', owner: 'root', group: dir.group }
  return { ...base, title: `Write bconsole’s file for it, ${polluxConf}`, after }
}

function dirStep(before: State, bytes: string): FileStep {
  return {
    kind: 'file',
    id: 'director',
    title: before.bytes.length < bytes.length ? `Add the console to ${dirConf}` : `Take the console out of ${dirConf}`,
    timeoutS: 20,
    path: dirConf,
    before,
    after: { ...before, bytes },
    activate: { run: program('reload', consoleConf), timeoutS: 60 },
    undo: { copy: true },
  }
}

/** The console's own file is there as long as the director knows it. */
function stepsInOrder(present: boolean, own: FileStep, dir: FileStep): Step[] {
  const files = own.before?.bytes === own.after?.bytes && own.before?.mode === own.after?.mode ? [] : [own]
  const changes = dir.before?.bytes === dir.after?.bytes ? [] : [dir]
  return present ? [...files, ...changes] : [...changes, ...files]
}

/** The director itself reads the configuration as it will stand, before the first file is written. */
function lintStep(facts: BaculaFacts): RunStep {
  if (!facts.programs.includes('bacula-dir'))
    throw refuse('The host has no bacula-dir, which checks its configuration.')
  return {
    kind: 'run',
    id: 'check',
    title: 'Have bacula-dir -t check the configuration as it will be',
    timeoutS: 60,
    run: ['sh', '-c', 'exec bacula-dir -t -c "$1/bacula-dir.conf"', 'pollux', shadowFolder],
    shadow: [dirConf],
    undo: { nothing: 'It only reads.' },
  }
}

function letInStep(): RunStep {
  return {
    kind: 'run',
    id: 'let-in',
    title: 'Ask the director as the new console',
    proves: true,
    timeoutS: 60,
    ...fed('letIn', polluxConf),
    undo: { nothing: 'It only asks.' },
  }
}

function checksOf(hostId: string, facts: BaculaFacts, present: boolean): Check[] {
  const line = `CommandACL = ${consoleCommands.join(', ')}`
  const base = { hostId, weight: 'must', timeoutS: 10 } as const
  return [
    {
      ...base,
      id: 'in-director',
      title: present ? `${dirConf} has the console` : `${dirConf} has no console of Pollux`,
      read: { file: dirConf },
      expect: present ? { includes: line } : { excludes: line },
    },
    {
      ...base,
      id: 'own-file',
      title: present ? `${polluxConf} is there` : `${polluxConf} is gone`,
      read: { file: polluxConf },
      expect: present ? { includes: 'Name = "pollux"' } : { absent: true },
    },
    ...(facts.init === 'systemd'
      ? [
          {
            ...base,
            id: 'runs',
            title: 'The director runs',
            read: { command: ['systemctl', 'is-active', 'bacula-director.service'] as const },
            expect: { equals: 'active' },
          },
        ]
      : []),
  ]
}
