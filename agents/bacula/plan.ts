import { type BasisItem, type Check, type Finding, type Plan, type PlanHost, refuse, type Step } from '@/lib/agent'
import { tagOf } from '@/lib/agent/config-file'
import { consoleWork } from './console-steps'
import type { BaculaDesired, Operation } from './desired'
import type { BaculaFacts } from './facts'
import { askedOf } from './operation-steps'
import { consoleConf, dirConf, polluxConf } from './paths'

export const AGENT = { id: 'bacula', version: 1 } as const

type Host = PlanHost<BaculaFacts>

/** The plan for one director's host. Throws AppError `invalid` where it cannot be, with the reason. */
export function planBacula(hosts: readonly Host[], { operation }: BaculaDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which the director runs.')
  if (!host.facts.programs.includes('bconsole'))
    throw refuse(`${host.name} has no bconsole. Install it there (Debian: bacula-console).`)
  return operation.kind === 'console' ? planConsole(host, operation) : planAsked(host, operation)
}

function planConsole(host: Host, { present, password }: Extract<Operation, { kind: 'console' }>): Plan {
  const { steps, checks } = consoleWork(host, present, password)
  const { dirConf: dir, consoleConf: own, polluxConf: pollux } = host.facts
  const title = present ? `A console for Pollux on ${host.name}` : `No console for Pollux on ${host.name}`
  return {
    ...made(host, title, steps, checks),
    summary: present
      ? 'Adds one resource at the end of the director’s configuration and a file for bconsole; every other byte stays. Undo takes both away.'
      : 'Takes the resource and the file away. Undo puts them back.',
    basis: [
      item(host, dirConf, tagOf(dir)),
      item(host, consoleConf, tagOf(own)),
      item(host, polluxConf, tagOf(pollux)),
      item(host, 'init', host.facts.init),
    ],
    findings: [],
    ...(password === null ? {} : { secrets: [password] }),
    nothingToDo: steps.length > 0 ? null : present ? 'The console is there already.' : 'There is no console of Pollux.',
  }
}

function planAsked(host: Host, operation: Exclude<Operation, { kind: 'console' }>): Plan {
  const idle = nothingToDo(operation)
  const { facts } = host
  const conf = facts.polluxConf.state === 'there' ? polluxConf : consoleConf
  if (conf === consoleConf && facts.consoleConf.state === 'absent')
    throw refuse(`${host.name} has no ${consoleConf}: bconsole cannot reach the director.`)
  const { title, steps } = askedOf(operation, conf)
  return {
    ...made(host, `${title} on ${host.name}`, idle === null ? steps : [], []),
    summary: summaryOf(operation),
    once: true,
    basis: [item(host, 'console', conf), item(host, 'bconsole', 'there')],
    findings: findingsOf(host, operation, conf),
    nothingToDo: idle,
  }
}

function made(host: Host, title: string, steps: readonly Step[], checks: readonly Check[]) {
  const phases = steps.length === 0 ? [] : [{ id: 'ask', title: 'Ask', hosts: [{ hostId: host.hostId, steps }] }]
  return { agent: AGENT, title, phases, checks: steps.length === 0 ? [] : checks, guard: null } as const
}

function item({ hostId }: Host, name: string, value: string): BasisItem {
  return { hostId, name, value }
}

function nothingToDo(operation: Operation): string | null {
  switch (operation.kind) {
    case 'cancel':
      return operation.seen === 'gone' ? `Job ${operation.jobId} does not run any more.` : null
    case 'enable':
      return operation.seen === 'enabled' ? `${operation.job} is enabled already.` : null
    case 'disable':
      return operation.seen === 'disabled' ? `${operation.job} is disabled already.` : null
    case 'volume-status':
      return operation.seen === operation.status ? `${operation.volume} is ${operation.status} already.` : null
    case 'label':
      if (operation.seen === 'there')
        throw refuse(`There is a volume ${operation.volume} already. Choose another name.`)
      return null
    default:
      return null
  }
}

function summaryOf(operation: Operation): string {
  switch (operation.kind) {
    case 'run':
      return 'Starts the job now. Undo cancels it as long as it runs; what ended stays.'
    case 'cancel':
      return 'Ends the job. What it has written stays on its volume until that is used again.'
    case 'prune':
      return 'Takes the jobs and files of these volumes out of the catalog, so that the volumes can be used again. It cannot be undone.'
    case 'enable':
    case 'disable':
      return 'Holds until the director starts or reads its configuration again. Undo turns it back.'
    case 'volume-status':
      return `Undo sets it back to ${operation.seen}.`
    default:
      return 'The director’s storage does it at once.'
  }
}

function findingsOf(host: Host, operation: Operation, conf: string): Finding[] {
  const at = { hostId: host.hostId }
  return [
    ...(operation.kind === 'prune'
      ? [
          {
            ...at,
            level: 'warn' as const,
            title: 'What is pruned can only be restored by scanning the volume (bscan)',
            detail: `The director is told to prune exactly: ${operation.volumes.join(', ')}.`,
          },
        ]
      : []),
    ...(conf === consoleConf
      ? [
          {
            ...at,
            level: 'info' as const,
            title: 'This goes through the console that may do everything',
            detail: `A console of its own, which may do only what these forms ask for, is made under Running now, Console for Pollux.`,
          },
        ]
      : []),
  ]
}
