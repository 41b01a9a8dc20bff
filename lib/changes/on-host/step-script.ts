import type { Argv, FileStep, KnobStep, RunStep, Step } from '@/lib/agent'
import { quoteArgv, shellQuote } from '@/lib/ssh/quote'
import { splitPath, stagedName } from './layout'

/** A step's place among the host's steps (from 1) and the change's folder name. */
interface Place {
  index: number
  folder: string
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
  const restore =
    step.before === null
      ? `rm -f ${path}`
      : `{ [ -f ${copy} ] || cp -a "$D/old/${n}" ${copy} 2>/dev/null || cp -p "$D/old/${n}" ${copy}; } && mv -f ${copy} ${path}`
  // While the host boots, what would be told of the file has not started yet and reads it by itself.
  const activate = step.activate
    ? `[ -n "$BOOT" ] || told ${n} limited ${step.activate.timeoutS} ${quoteArgv(step.activate.run)}`
    : ':'
  const samePerms = step.before === null ? ':' : `[ "$(perms ${path})" = "$(perms "$D/old/${n}")" ]`
  return `do_${n}() {
  ${isBefore} || { say out ${n} 'It is no longer as the plan found it: nothing was written.'; return 90; }
  ${write} && flush ${shellQuote(at.folder)} || return 1
  ${activate}
}
undo_${n}() {
  if ${isAfter}; then
    ${restore} || return 1
    flush ${shellQuote(at.folder)}
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
${undoKnob(n, step.path, step.before, step.timeoutS, 'irreversible' in step.undo)}
still_${n}() { knob_says ${knob} ${shellQuote(step.value)}; }
`
}

function undoKnob(n: number, path: string, value: string, timeoutS: number, none: boolean): string {
  if (none) return nothingToUndo(n)
  const knob = shellQuote(path)
  const before = shellQuote(value)
  return `undo_${n}() { [ -e ${knob} ] || return 0; knob_says ${knob} ${before} && return 0; write_knob ${n} ${timeoutS} ${knob} ${before}; }
undone_${n}() { [ ! -e ${knob} ] || knob_says ${knob} ${before}; }`
}

function nothingToUndo(n: number): string {
  return `undo_${n}() { :; }
undone_${n}() { :; }`
}

function runFunctions(step: RunStep, { index: n }: Place): string {
  const doIt = `do_${n}() { ${command(n, step.run, step.timeoutS, step.input !== undefined ? `in/${n}` : null)}; }`
  return `${doIt}
${undoOfRun(step, n)}
still_${n}() { :; }
`
}

function undoOfRun(step: RunStep, n: number): string {
  const undo = step.undo
  if ('knob' in undo) return undoKnob(n, undo.knob, undo.value, step.timeoutS, false)
  if ('run' in undo)
    return `undo_${n}() { ${command(n, undo.run, undo.timeoutS, undo.input !== undefined ? `in/${n}.undo` : null)}; }
undone_${n}() { :; }`
  return nothingToUndo(n)
}

function command(n: number, argv: Argv, timeoutS: number, input: string | null): string {
  return `told ${n} limited ${timeoutS} ${quoteArgv(argv)} < ${input === null ? '/dev/null' : `"$D/${input}"`}`
}
