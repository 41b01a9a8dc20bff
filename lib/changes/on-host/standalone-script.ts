import { isFarCheck, type Plan, type Step } from '@/lib/agent'
import { shellQuote } from '@/lib/ssh/quote'
import { checkFunction, expectedText } from './check-script'
import { commentLine, oneLine } from './comment'
import { commonScript } from './common-script'
import { printBytes } from './encode'
import { guardBody } from './guard-script'
import { type HostWork, stepsOf } from './host-work'
import { type StandaloneInput, standaloneHead } from './standalone-head'
import { standaloneMain } from './standalone-main'
import { stepDoes, stepGoesBack } from './step-words'
import { runBody, startFunction, stepsScript, undoBody } from './supervisor-script'
import { type BroughtFile, bringScript, sharedFiles } from './upload-script'

/**
 * One host's part of a plan as one POSIX sh file that does the same with the same undo and needs no Pollux: the very
 * functions that a change brings to a host, in the order in which a person reads them. It is called on its last line, so
 * that half a file runs nothing. Text of the plan stands in comments and quoted words only.
 */
export function standaloneScript(input: StandaloneInput): string {
  const { work } = input
  return `${standaloneHead(input)}
case $0 in /*) SELF=$0 ;; *) SELF=$(pwd)/$0 ;; esac

${heading('The text of the files', 'exp_N is what step N must find, new_N what it writes, in_N what a command reads.')}
${textFunctions(work)}
${heading('What all of it stands on', '$D is the state of this script on the host: copies, journal, and how far it came.')}
${commonScript(work.directory, work.root, work.sys)}
${heading('Still as the plan found it?', 'Only reads. Nothing is written before all of it is.')}
${asPlannedFunction(work)}
${heading('The steps', 'do_N does step N, undo_N takes it back (safe after do_N ran not at all, half or fully), undone_N', 'proves that, still_N tells whether what was written stands.')}
${stepsScript(work)}
${heading('The proof', 'check_N returns 0 for yes, 1 for no, 2 where it could not be read.')}
${work.checks.map((check, at) => `${commentLine(`${check.title} (${check.weight})`)}\n${checkFunction(check, at)}`).join('')}
${heading('What is shown')}
${showFunctions(input)}
${heading('Before the first write', 'Locks the host, copies every file twice, stages the new ones, and puts the way back where a reboot finds it.')}
prepare() {
${bringScript(work, filesOf(work))}
}

${heading('Arming', 'From here on the host takes all back by itself: at the deadline, after a reboot, or when it is told to.')}
${startFunction(work)}
${heading('Doing it', 'Runs cut loose from the login, so that it comes to its end or goes back also when the login is cut.')}
supervise() {
${runBody(work)}}

${heading('The way back')}
undo_change() {
${undoBody}}

${heading('The guard', 'Runs beside it, and at boot.')}
guard_change() {
${guardBody(work)}}

${heading('What a person says')}
${standaloneMain(work)}
{ main "$@"; exit; }
`
}

function heading(title: string, ...about: string[]): string {
  return [`# ---- ${title} ${'-'.repeat(Math.max(4, 100 - title.length))}`, ...about.map((line) => `# ${line}`)].join(
    '\n',
  )
}

/** Every text of `sharedFiles` but the small ones, each as a function that prints it. */
function textFunctions(work: HostWork): string {
  const texts = sharedFiles(work).filter(({ name }) => name.includes('/'))
  if (texts.length === 0) return '# This plan has none.\n'
  return texts
    .map(({ name, bytes }) => {
      const about = `${name.startsWith('new/') ? 'Written by' : name.startsWith('exp/') ? 'Found by' : 'Read in'} step ${/\d+/.exec(name)?.[0]}`
      return `${commentLine(`${about}: ${stepAt(work, name)}`)}\n${functionName(name)}() {\n${printBytes(bytes, 'lines')}\n}\n`
    })
    .join('')
}

function stepAt(work: HostWork, name: string): string {
  const step = stepsOf(work)[Number(/\d+/.exec(name)?.[0]) - 1]
  return step?.kind === 'file' ? step.path : (step?.title ?? '')
}

/** `new/3` is printed by `new_3`, `in/3.undo` by `in_3_undo`. */
function functionName(name: string): string {
  return name.replaceAll(/[/.]/g, '_')
}

function filesOf(work: HostWork): BroughtFile[] {
  const stub = (name: string, words: string) => {
    const bytes = `#!/bin/sh\nexec /bin/sh ${shellQuote(`${work.directory}/script`)} ${words}\n`
    return { name, bytes, print: printBytes(bytes) }
  }
  return [
    { name: 'script', bytes: null, print: 'cat "$SELF"' },
    { name: 'login', bytes: null, print: 'login_id' },
    stub('run', '--supervise'),
    stub('undo', 'undo'),
    stub('guard', '--guard "$@"'),
    ...sharedFiles(work).map(({ name, bytes }) => ({
      name,
      bytes,
      print: name.includes('/') ? functionName(name) : printBytes(bytes),
    })),
  ]
}

/** Says of each file, knob and address whether it reads as in the plan; of several steps on one thing the first counts. */
function asPlannedFunction(work: HostWork): string {
  const seen = new Set<string>()
  const tests = stepsOf(work).flatMap((step, at) => {
    const test = planned(step, at + 1)
    if (!test || seen.has(test.thing)) return []
    seen.add(test.thing)
    return [`  ${test.is} || differs ${shellQuote(oneLine(`${test.thing} ${test.otherwise}`))}`]
  })
  return `differs() { printf '%s\\n' "$1"; differ=1; }
as_planned() {
  differ=0
${tests.join('\n')}
  return "$differ"
}
`
}

function planned(step: Step, n: number): { thing: string; is: string; otherwise: string } | null {
  if (step.kind === 'file') {
    const path = shellQuote(step.path)
    if (step.before === null) return { thing: step.path, is: `is_gone ${path}`, otherwise: 'is there already.' }
    const is = `{ [ -f ${path} ] && [ ! -L ${path} ] && exp_${n} | cmp -s - ${path}; }`
    return { thing: step.path, is, otherwise: 'is no longer as the plan found it.' }
  }
  if (step.kind === 'knob') {
    const is = `knob_says ${shellQuote(step.path)} ${shellQuote(step.before)}`
    return { thing: step.path, is, otherwise: `no longer says ${step.before}.` }
  }
  if (step.kind === 'address') {
    const is = `${step.before ? '' : '! '}has_address ${shellQuote(step.device)} ${shellQuote(step.address)}`
    const otherwise = step.before ? `is no longer on ${step.device}.` : `is on ${step.device} already.`
    return { thing: step.address, is, otherwise }
  }
  return null
}

function showFunctions({ work, plan, hostId, hostNames }: StandaloneInput): string {
  const steps = stepsOf(work)
  return `line() { printf '%s\\n' "$1"; }

# title_of N, check_title ID: in TITLE, the words of the plan.
title_of() {
  case $1 in
${steps.map((step, at) => `  ${at + 1}) TITLE=${shellQuote(oneLine(`${at + 1}. ${step.title}`))} ;;`).join('\n')}
  *) TITLE=$1 ;;
  esac
}
check_title() {
  case $1 in
${work.checks.map((check) => `  ${shellQuote(check.id)}) TITLE=${shellQuote(oneLine(check.title))} ;;`).join('\n')}
  *) TITLE=$1 ;;
  esac
}

# plan_text: what would be done.
plan_text() {
${planLines(plan, hostId, hostNames)
  .map((text) => `  line ${shellQuote(oneLine(text))}`)
  .join('\n')}
}
`
}

function planLines(plan: Plan, hostId: string, names: Readonly<Record<string, string>>) {
  let n = 0
  const phases = plan.phases.flatMap((phase, at) => {
    const steps = phase.hosts.find((host) => host.hostId === hostId)?.steps ?? []
    const head = plan.phases.length > 1 ? [`Phase ${at + 1}: ${phase.title}`] : []
    return [
      ...(steps.length > 0 ? head : []),
      ...steps.flatMap((step) => {
        n += 1
        return [`${n}. ${step.title}`, `   does: ${stepDoes(step)}`, `   way back: ${stepGoesBack(step)}`]
      }),
    ]
  })
  const proof = plan.checks
    .filter((check) => check.hostId === hostId)
    .map((check) => {
      const weight = isFarCheck(check) ? 'only Pollux can look at this from afar' : check.weight
      return `- ${check.title} (${weight}, expected: ${expectedText(check)})`
    })
  return [plan.title, `On ${names[hostId] ?? hostId}:`, ...phases, ...(proof.length > 0 ? ['Proof:', ...proof] : [])]
}
