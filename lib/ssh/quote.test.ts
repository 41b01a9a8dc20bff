import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAppError } from '@/lib/errors'
import { quoteArgv, shellQuote } from './quote'

const shells: readonly (readonly [string, ...string[]])[] = [['dash'], ['busybox', 'ash'], ['bash'], ['posh']]
const installed = shells.filter(([program]) => spawnSync(program, ['-c', ':']).error === undefined)
const missing = shells.filter((shell) => !installed.includes(shell)).map((shell) => shell.join(' '))
if (missing.length > 0) console.warn(`skipped: not installed here: ${missing.join(', ')}`)

/** What a shell makes of a line that prints its words, each ended by a NUL. */
function wordsSeenBy([program, ...flags]: readonly [string, ...string[]], words: readonly string[]): string[] {
  const line = `${quoteArgv(['printf', '%s\\0'])} ${words.map(shellQuote).join(' ')}`
  const { stdout, stderr } = spawnSync(program, flags, { input: `${line}\n`, maxBuffer: 1 << 26 })
  expect(stderr.toString()).toBe('')
  return stdout.toString('utf8').split('\0').slice(0, -1)
}

const hostilePieces = [
  "'",
  '"',
  '\n',
  '\r\n',
  '$(id)',
  '`id`',
  '$'.concat('{IFS}'),
  '$HOME',
  '\\',
  '!',
  '!!',
  '*',
  '?',
  '[a-z]',
  '~',
  '#',
  '&&',
  '|',
  ';',
  '<',
  '>',
  '(',
  '{a,b}',
  '-n',
  '--',
  '=',
  '%',
  'ä€😀',
  '\u202e',
  '\u0001',
  '\t',
  ' ',
  'if',
  'time',
]
const hostileWord = fc.oneof(
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }).map((word) => word.replaceAll('\0', '')),
)

describe.each(installed.map((shell) => [shell.join(' '), shell] as const))('shellQuote through %s', (_name, shell) => {
  it('gives back any words', () => {
    fc.assert(
      fc.property(fc.array(hostileWord, { minLength: 1, maxLength: 8 }), (words) => {
        expect(wordsSeenBy(shell, words)).toEqual(words)
      }),
      { numRuns: 120 },
    )
  })

  it('gives back words of 100 kB', () => {
    const words = [`'"$\`\\!\n*`.repeat(12_500), 'ä'.repeat(50_000), "'".repeat(100_000)]
    expect(wordsSeenBy(shell, words)).toEqual(words)
  })

  it('gives back a word of the grammar in the place of a program', () => {
    for (const word of ['if', 'for', '{', '!', 'time', 'case', 'A=1']) {
      const { status } = spawnSync(shell[0], shell.slice(1), { input: `${quoteArgv([word])}\n` })
      // 127: looked for as a program, and not found (or `time`, found and run without words).
      expect([word, status === 127 || word === 'time']).toEqual([word, true])
    }
  })
})

describe('shellQuote', () => {
  it('refuses a NUL', () => {
    expect(() => shellQuote('a\0b')).toThrow('NUL')
    try {
      quoteArgv(['cat', '\0'])
      expect.unreachable()
    } catch (error) {
      expect(isAppError(error) && error.code).toBe('invalid')
    }
  })

  it('leaves plain words bare and quotes the rest, in words that fish and csh read alike', () => {
    expect(quoteArgv(['systemctl', 'restart', 'ssh@a.service'])).toBe('systemctl restart ssh@a.service')
    expect(shellQuote('')).toBe("''")
    expect(shellQuote("it's")).toBe("'it'\\''s'")
    expect(shellQuote('a\\b!')).toBe("'a'\\\\'b'\\!")
    expect(shellQuote('=ls')).toBe("'=ls'")
    expect(shellQuote('if')).toBe("'if'")
  })
})
