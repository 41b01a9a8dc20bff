import { isReadingArgv, type Probe, type Reading, type ReadingArgv } from '@/lib/agent'
import { AppError } from '@/lib/errors'
import { shellQuote } from '@/lib/ssh/quote'
import { hostPath, prologue } from './prologue'
import { readingFunctions } from './reading-functions'

/** Any probe, whatever it finds. */
export type AnyProbe = Probe<string, unknown>

/** Bytes of a `file` reading that says nothing else. */
export const fileMaxBytes = 64 * 1024
const commandTimeoutS = 5
const eachMaxFiles = 50

/** The branches of a reading in the order they are tried; a plain reading is its own only branch. */
export function branchesOf(reading: Reading): readonly Exclude<Reading, { kind: 'first-of' }>[] {
  return reading.kind === 'first-of' ? reading.of.flatMap(branchesOf) : [reading]
}

/**
 * The one POSIX sh script that asks a host all the probes' questions, in their order.
 *
 * `nonce` (32 hex digits, drawn anew for each run) begins every mark in the output, so that nothing a host has in its
 * files can pass for a mark. `path` replaces the PATH (tests put a program of their own before the others).
 * Throws AppError `invalid` when a reading is not one that only reads.
 */
export function buildFactsScript(probes: readonly AnyProbe[], nonce: string, path = hostPath): string {
  if (!/^[0-9a-f]{32}$/.test(nonce))
    throw new AppError('invalid', `nonce: expected 32 hex digits, got ${nonce.length} characters`)
  const seconds = probes.reduce((sum, probe) => sum + probe.timeoutS + 4, 30)
  return [
    `nonce=${nonce}`,
    `PATH=${shellQuote(path)}`,
    prologue,
    readingFunctions,
    // Bounded, so that nothing ticks for ever beside a script that hangs where no signal reaches it.
    // Its `exec` comes inside: posh would keep the channel's output open in the subshell otherwise.
    `(exec </dev/null >/dev/null 2>&1; n=0; while [ $n -lt ${Math.ceil(seconds)} ] && sleep 1 && kill -s ALRM $$; do n=$((n + 1)); done) &`,
    'ticker=$!',
    ...probes.flatMap(probeLines),
    'mark z',
    'flush',
    'kill "$ticker" 2>/dev/null',
    'exit 0',
    '',
  ].join('\n')
}

function probeLines(probe: AnyProbe, index: number): string[] {
  const lines = Object.values(probe.readings).flatMap((reading, number) =>
    branchesOf(reading).map((branch, turn) => {
      const line = `r ${number} ${turn} && ${branchLine(branch, probe.timeoutS)}`
      return turn === 0 ? line : `[ -n "$ok" ] || { ${line}; }`
    }),
  )
  return [`p ${index} ${Math.ceil(probe.timeoutS)}`, ...lines, `mark 'q ${index}'`]
}

function branchLine(reading: Exclude<Reading, { kind: 'first-of' }>, probeTimeoutS: number): string {
  switch (reading.kind) {
    case 'file':
      return `file ${reading.maxBytes ?? fileMaxBytes} ${absolute(reading.path)}`
    case 'files':
      return `files ${reading.globs.map(absolute).join(' ')}`
    case 'links':
      return `links ${reading.globs.map(absolute).join(' ')}`
    case 'document':
      return `document ${absolute(reading.path)}`
    case 'documents':
      return `documents ${reading.globs.map(absolute).join(' ')}`
    case 'programs':
      return `programs ${reading.names.map(programName).join(' ')}`
    case 'command':
      return `command_ ${Math.ceil(reading.timeoutS ?? probeTimeoutS)} ${argv(reading.argv)}`
    case 'each':
      return [
        '{ seen=0 cut= nope=',
        `for glob in ${reading.globs.map(absolute).join(' ')}; do for f in $glob; do`,
        `each ${reading.maxFiles ?? eachMaxFiles} ${commandTimeoutS} ${argv(reading.argv, ['/each'])} "$f"`,
        'done; done',
        'if [ -n "$nope" ] && [ -z "$ok" ]; then mark "e denied"; else mark "e ok 0"; fi; }',
      ].join('\n')
  }
}

function absolute(path: string): string {
  // A reading's own `*?[]` are meant; nothing else may be special to a shell that expands an unquoted variable.
  if (!/^\/[\w.,:@%+=!/*?[\] -]*$/.test(path)) {
    throw new AppError('invalid', `reading: expected an absolute path of plain characters, got ${JSON.stringify(path)}`)
  }
  return shellQuote(path)
}

function programName(name: string): string {
  if (!/^[\w.+-]+$/.test(name)) {
    throw new AppError('invalid', `reading: expected a program's bare name, got ${JSON.stringify(name)}`)
  }
  return shellQuote(name)
}

function argv(words: ReadingArgv, behind: readonly string[] = []): string {
  if (!isReadingArgv([...words, ...behind])) {
    throw new AppError('invalid', `reading: expected a command that only reads, got ${JSON.stringify(words)}`)
  }
  return words.map(shellQuote).join(' ')
}
