import { type Step, shadowFolder } from '@/lib/agent'
import { quoteArgv, shellQuote } from '@/lib/ssh/quote'

/** What a step does, for a person who reads its script. */
export function stepDoes(step: Step): string {
  switch (step.kind) {
    case 'file':
      return step.after === null
        ? `remove ${step.path}`
        : `write ${step.path} (${step.after.owner}:${step.after.group}, ${step.after.mode})`
    case 'knob':
      return `${step.value} > ${step.path}`
    case 'address':
      return `ip addr ${step.present ? 'add' : 'del'} ${step.address} dev ${step.device}`
    case 'install':
      return `apt-get install ${step.packages.join(' ')}`
    default:
      // The folder has its name on the host alone.
      return quoteArgv(step.run).replaceAll(shellQuote(shadowFolder), 'COPIES')
  }
}

/** Its way back. */
export function stepGoesBack(step: Step): string {
  const { undo } = step
  if ('irreversible' in undo) return `none: ${undo.irreversible}`
  if ('copy' in undo) return step.kind === 'file' && step.before === null ? 'remove it again' : 'the copy made before'
  if ('knob' in undo) return `${undo.wait ? `${quoteArgv(undo.wait.run)}; ` : ''}${undo.value} > ${undo.knob}`
  if ('address' in undo) return step.kind === 'address' && step.before ? 'put on again' : 'taken off again'
  if ('disable' in undo) return 'the packages stay installed, their services are switched off'
  if ('run' in undo) return quoteArgv(undo.run)
  return `nothing to undo: ${undo.nothing}`
}
