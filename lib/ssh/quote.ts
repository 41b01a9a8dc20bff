import type { Argv } from '@/lib/agent'
import { AppError } from '@/lib/errors'

// Words that mean the same bare and quoted in every shell; `=`, `%` and `~` are left out (zsh, csh expand them).
const bare = /^[A-Za-z0-9_./:@,+-]+$/

// A bare word of these is the shell's grammar and not a program (POSIX, bash, zsh, fish, csh).
const reserved = new Set(
  `if then else elif fi do done case esac while until for in function select time coproc repeat foreach end
   and or not begin switch nocorrect`.split(/\s+/),
)

/**
 * Makes one shell word of any string. THE quoting function: nothing else writes words into a shell line.
 *
 * `'`, `\` and `!` stand outside the quotes behind a backslash: fish reads backslashes inside single quotes and csh
 * reads `!` there, so this form is the same word in sh, fish and (without newlines) csh.
 * @throws AppError `invalid` for a NUL, which no argv can carry.
 */
export function shellQuote(word: string): string {
  if (word.includes('\0')) {
    throw new AppError('invalid', 'expected a word without NUL, got one with NUL', {
      userMessage: 'A value holds a NUL character. Take it out: no command can carry it.',
    })
  }
  if (word === '') return "''"
  if (bare.test(word) && !reserved.has(word)) return word
  return word.replace(/[^'\\!]+|['\\!]/g, (part) => (/^['\\!]$/.test(part) ? `\\${part}` : `'${part}'`))
}

/** The command line of an argv: quoted words, nothing else. Throws as `shellQuote`. */
export function quoteArgv(argv: Argv): string {
  return argv.map(shellQuote).join(' ')
}
