import {
  type AddressStep,
  type Argv,
  type FileStep,
  type InstallStep,
  type JobStep,
  type KnobStep,
  type RunStep,
  type Step,
  shadowFolder,
  type UndoKnob,
} from '@/lib/agent'
import { quoteArgv, shellQuote } from '@/lib/ssh/quote'
import { splitPath, stagedName } from './layout'

/** A step's place among the host's steps (from 1) and the change's folder name. */
interface Place {
  index: number
  folder: string
  /** All steps of the host, in order. */
  steps: readonly Step[]
}

/**
 * The shell functions of one step: `do_N`, `undo_N` and `undone_N`.
 * `undo_N` is safe after `do_N` ran not at all, half, or fully; `undone_N` proves it.
 */
export function stepFunctions(step: Step, place: Place): string {
  switch (step.kind) {
    case 'file':
      return fileFunctions(step, place)
    case 'knob':
      return knobFunctions(step, place)
    case 'run':
      return runFunctions(step, place)
    case 'address':
      return addressFunctions(step, place)
    case 'install':
      return installFunctions(step, place)
    case 'job':
      return jobFunctions(step, place)
  }
}

function fileFunctions(step: FileStep, { index: n, folder }: Place): string {
  const at = splitPath(step.path)
  const path = shellQuote(step.path)
  const staged = shellQuote(`${at.folder}/${stagedName(folder, n, 'new')}`)
  const copy = shellQuote(`${at.folder}/${stagedName(folder, n, 'old')}`)
  const isBefore = step.before === null ? `is_gone ${path}` : `is_file ${path} "$D/exp/${n}"`
  const isAfter = step.after === null ? `is_gone ${path}` : `is_file ${path} "$D/new/${n}"`
  const write = step.after === null ? `rm -f ${path}` : `mv -f ${staged} ${path}`
  // The folder went when the change that removed the file ended; the undo by hand may come later.
  const makeFolder = step.makesFolder
    ? `{ [ -d ${shellQuote(at.folder)} ] || { mkdir ${shellQuote(at.folder)} && chmod 755 ${shellQuote(at.folder)}; }; } && `
    : ''
  const restore =
    step.before === null
      ? `rm -f ${path}`
      : `${makeFolder}{ [ -f ${copy} ] || cp -a "$D/old/${n}" ${copy} 2>/dev/null || cp -p "$D/old/${n}" ${copy}; } && mv -f ${copy} ${path}`
  // While the host boots, what would be told of the file has not started yet and reads it by itself.
  const activate = step.activate
    ? `[ -n "$BOOT" ] || told ${n} limited ${step.activate.timeoutS} ${quoteArgv(step.activate.run)}`
    : ':'
  const samePerms = step.before === null ? ':' : `[ "$(perms ${path})" = "$(perms "$D/old/${n}")" ]`
  return `do_${n}() {
  ${isBefore} || { say out ${n} 'It is no longer as the plan found it: nothing was written.'; return 90; }
  ${write} || return 1
  ${activate}
}
undo_${n}() {
  if ${isAfter}; then
    ${restore} || return 1
  elif ${isBefore}; then :
  else
    say kept ${n} ${shellQuote(`${step.path} was edited by somebody else meanwhile: that edit is kept`)}
    KEPT=1
  fi
  ${activate}
}
undone_${n}() { { ${isBefore} && ${samePerms}; } || [ "$KEPT" = 1 ]; }
still_${n}() { ${isAfter}; }
`
}

function knobFunctions(step: KnobStep, { index: n }: Place): string {
  const knob = shellQuote(step.path)
  return `do_${n}() { write_knob ${n} ${step.timeoutS} ${knob} ${shellQuote(step.value)}; }
${'knob' in step.undo ? undoKnob(n, { ...step.undo, knob: step.path, value: step.before }, step.timeoutS) : nothingToUndo(n)}
still_${n}() { knob_says ${knob} ${shellQuote(step.value)}; }
`
}

function undoKnob(n: number, undo: UndoKnob, timeoutS: number): string {
  const knob = shellQuote(undo.knob)
  const before = shellQuote(undo.value)
  const wait = undo.wait ? `${command(n, undo.wait.run, undo.wait.timeoutS, null)}; ` : ''
  return `undo_${n}() { [ -e ${knob} ] || return 0; ${wait}knob_says ${knob} ${before} && return 0; write_knob ${n} ${timeoutS} ${knob} ${before}; }
undone_${n}() { [ ! -e ${knob} ] || knob_says ${knob} ${before}; }`
}

function nothingToUndo(n: number): string {
  return `undo_${n}() { :; }
undone_${n}() { :; }`
}

function runFunctions(step: RunStep, { index: n, steps }: Place): string {
  const run = command(n, step.run, step.timeoutS, step.input !== undefined ? `in/${n}` : null)
  const doIt = step.shadow ? `do_${n}() {\n${withShadow(step.shadow, steps, n, run)}\n}` : `do_${n}() { ${run}; }`
  return `${doIt}
${undoOfRun(step, n, step)}
still_${n}() { :; }
`
}

/** The command with the files around it as they will stand, each under its own name, in a folder that goes again. */
function withShadow(paths: readonly string[], steps: readonly Step[], n: number, run: string): string {
  const folder = `"$D/shadow.${n}"`
  const copies = paths.map((path) => {
    const writes = steps.findIndex((step) => step.kind === 'file' && step.path === path && step.after !== null)
    const from = writes < 0 ? shellQuote(path) : `"$D/new/${writes + 1}"`
    return `cp ${from} ${folder}/${shellQuote(splitPath(path).name)}`
  })
  return `  rm -rf ${folder}
  { mkdir ${folder} && ${copies.join(' && ')}; } || return 1
  ${run}
  code=$?
  rm -rf ${folder}
  return "$code"`
}

function undoOfRun(
  step: RunStep | JobStep,
  n: number,
  { notAtBoot, isUndone }: Pick<RunStep, 'notAtBoot' | 'isUndone'> = {},
): string {
  const undo = step.undo
  if ('knob' in undo) return undoKnob(n, undo, step.timeoutS)
  if ('run' in undo) {
    const unlessBoot = notAtBoot ? '[ -n "$BOOT" ] || ' : ''
    const proof = isUndone
      ? `${unlessBoot}limited ${undo.timeoutS} ${quoteArgv(isUndone)} >/dev/null 2>&1 </dev/null`
      : ':'
    return `undo_${n}() { ${unlessBoot}${command(n, undo.run, undo.timeoutS, undo.input !== undefined ? `in/${n}.undo` : null)}; }
undone_${n}() { ${proof}; }`
  }
  return nothingToUndo(n)
}

/**
 * While the host boots there is no network yet: what it has afterwards is what the files say that were put back. An
 * address that others may hold meanwhile is left for later, when they can be asked.
 */
function addressFunctions(step: AddressStep, { index: n }: Place): string {
  const where = `${shellQuote(step.device)} ${shellQuote(step.address)}`
  const putOn = `put_on ${n} ${where} ${shellQuote(step.label ?? '')} ${step.announce ? 1 : "''"}`
  const bring = (present: boolean) => (present ? putOn : `take_off ${n} ${where}`)
  const reads = (present: boolean) => `${present ? '' : '! '}has_address ${where}`
  const alone = step.exclusive ? `alone ${n} ${where} && ` : ''
  const free = step.exclusive ? `until_alone ${n} ${where} || return 0; ` : ''
  const gaveWay = step.exclusive && step.before ? 'has stands || ' : ''
  const undo =
    'irreversible' in step.undo
      ? nothingToUndo(n)
      : `undo_${n}() { [ -n "$BOOT" ] && return 0; ${reads(step.before)} && return 0; ${step.before ? free : ''}${bring(step.before)}; }
undone_${n}() { [ -n "$BOOT" ] || ${gaveWay}${reads(step.before)}; }`
  return `do_${n}() { ${reads(step.present)} && return 0; ${step.present ? alone : ''}${bring(step.present)}; }
${undo}
still_${n}() { ${reads(step.present)}; }
`
}

/**
 * Whether something of the step can be given back only when the host is up: after others were asked, which takes a
 * network, or by a daemon that has not started before.
 */
export function waitsForBoot(step: Step): boolean {
  if (step.kind === 'run') return step.undoAfterBoot === true
  return step.kind === 'address' && step.exclusive && step.before && !step.present
}

function installFunctions(step: InstallStep, { index: n }: Place): string {
  const packages = step.packages.map(shellQuote).join(' ')
  const units = step.units.map(shellQuote).join(' ')
  return `do_${n}() { apt_install ${n} ${step.timeoutS} ${packages}; }
undo_${n}() {
  apt_settle ${n} ${step.timeoutS}; settled=$?
  units_off ${n} ${units}
  [ "$settled" != 0 ] || ! are_installed ${packages} || say out ${n} ${shellQuote(`These stay installed, switched off: ${step.packages.join(' ')}`)}
  return "$settled"
}
undone_${n}() { are_whole ${packages} && units_are_off ${n} ${units}; }
still_${n}() { are_installed ${packages}; }
`
}

function jobFunctions(step: JobStep, { index: n }: Place): string {
  const input = step.input === undefined ? '/dev/null' : `"$D/in/${n}"`
  const progress = 'file' in step.progress ? `cat ${shellQuote(step.progress.file)}` : quoteArgv(step.progress.command)
  const cleanUp = `told ${n} limited ${step.timeoutS} ${quoteArgv(step.cleanUp)} </dev/null`
  return `do_${n}() {
  ${quoteArgv(step.run)} < ${input} > "$D/job.out" 2>&1 & job=$!
  follow_job ${n} ${step.stallS} && return 0
  ${cleanUp}
  return 1
}
progress_${n}() { limited 10 ${progress} 2>/dev/null </dev/null; }
${undoOfRun(step, n)}
still_${n}() { :; }
`
}

/**
 * The function `resume_N` of a step that was started and has no end, because who ran it is gone: 0 where its work is
 * there or may be begun again, so that the change can go on; 1 where it must be taken back (rule 8).
 */
export function resumeFunction(step: Step, n: number): string {
  if (step.kind === 'run' && step.isDone)
    return `resume_${n}() { limited ${step.timeoutS} ${quoteArgv(step.isDone)} >/dev/null 2>&1 </dev/null && mark ${n}.done && say done ${n} ''; }\n`
  if (step.kind === 'install')
    return `resume_${n}() { are_installed ${step.packages.map(shellQuote).join(' ')} && free_services && mark ${n}.done && say done ${n} ''; }\n`
  if (step.kind === 'job' && step.whenCutShort === 'again')
    return `resume_${n}() { told ${n} limited ${step.timeoutS} ${quoteArgv(step.cleanUp)} </dev/null; mv -f "$D/state/${n}.started" "$D/pend/${n}.started"; }\n`
  return `resume_${n}() { return 1; }\n`
}

function command(n: number, argv: Argv, timeoutS: number, input: string | null): string {
  const words = argv.map((word) => (word === shadowFolder ? `"$D/shadow.${n}"` : shellQuote(word))).join(' ')
  return `told ${n} limited ${timeoutS} ${words} < ${input === null ? '/dev/null' : `"$D/${input}"`}`
}
