import type { Plan } from '@/lib/agent'
import { commentLine, oneLine } from './comment'
import { type HostWork, stepsOf } from './host-work'

/** What the script of one host is made of. */
export interface StandaloneInput {
  /** Its folder is the script's own; `confirms` is `itself`, or `by hand` where the plan is guarded. */
  work: HostWork
  plan: Plan
  digest: string
  hostId: string
  /** The names of all hosts of the plan, by id. */
  hostNames: Readonly<Record<string, string>>
}

/** The comment that a script begins with: what it is, for which host, how it is run, and how it is taken back. */
export function standaloneHead({ work, plan, digest, hostId, hostNames }: StandaloneInput): string {
  const isGuarded = work.confirms === 'by hand'
  const name = hostNames[hostId] ?? hostId
  const lines = [
    plan.title,
    '',
    `Change #${work.changeId} of Pollux, the part of ${name}. It does what Pollux would do, with the same undo, and needs no Pollux.`,
    plan.summary,
    `Plan: agent ${plan.agent.id}, version ${plan.agent.version}, digest ${digest}`,
    `Host: ${name}. Nothing in here can tell it from another one that is set up alike: run it there only.`,
    'This file holds the text of the files that it writes and replaces. Keep it as secret as they are.',
    '',
    'As root:',
    '  sh FILE --show    says what it would do and whether all is still as planned; touches nothing',
    '  sh FILE           does it and proves it; when a step or a check fails, it takes all back by itself',
    '  sh FILE undo      takes it back, also later and without this file: sh',
    `                    ${work.directory}/undo (kept for 30 days)`,
    ...(isGuarded ? guardLines(work.deadlineS, plan) : []),
    '',
    'It locks the host as Pollux does: the two never work there at the same time.',
    `It refuses where a file, a knob or an address is not as it was planned. ${basisText(plan, hostId)}`,
    ...barrierLines(plan, hostNames),
    '',
    'Steps:',
    ...stepsOf(work).map((step, at) => `  ${at + 1}. ${step.title}`),
  ]
  return ['#!/bin/sh', ...lines.map(commentLine)].join('\n')
}

function guardLines(deadlineS: number, plan: Plan): string[] {
  return [
    '  sh FILE confirm   from a NEW login, when it says so: it stands',
    '',
    `Guarded: ${plan.guard?.why ?? ''}`,
    `The host takes all back by itself ${deadlineS} s after the start, unless it was confirmed from a new login.`,
  ]
}

function basisText(plan: Plan, hostId: string): string {
  const names = plan.basis.filter((item) => item.hostId === hostId).map((item) => item.name)
  if (names.length === 0) return ''
  const text = oneLine(names.slice(0, 12).join(', '))
  return `The plan rests on: ${text}${names.length > 12 ? `, and ${names.length - 12} more` : ''}.`
}

/** Several hosts: what runs where, in which order. A script cannot see another host, so that barriers are a person's. */
function barrierLines(plan: Plan, names: Readonly<Record<string, string>>): string[] {
  const phases = plan.phases.map((phase) =>
    phase.hosts.filter((host) => host.steps.length > 0).map((host) => names[host.hostId] ?? host.hostId),
  )
  if (new Set(phases.flat()).size < 2) return []
  return [
    '',
    'SEVERAL HOSTS: each has a script of its own, which runs all its phases and sees no other host. You are the barrier',
    'between the phases, and if one host fails, you take it back on the others. The order of the plan:',
    ...plan.phases.map((phase, at) => `  phase ${at + 1}, ${phase.title}: ${phases[at]?.join(', ') || 'nobody'}`),
    'Let a host begin only when every host of the phases before its own first one has ended them.',
    ...(plan.guard && plan.guard.outlasts.length > 0
      ? [`Take back last: ${plan.guard.outlasts.map((id) => names[id] ?? id).join(', ')}.`]
      : []),
  ]
}
