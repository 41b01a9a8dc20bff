import { describe, expect, it } from 'vitest'
import {
  consoleCommands,
  consoleResource,
  findConsole,
  hasOurCommands,
  withConsole,
  withoutConsole,
} from './console-resource'
import { printTokens, resourcesOf, tokensOf, withoutPasswords } from './tokens'

const pieces = [
  'Console {',
  '}',
  '{',
  '\n',
  '\r\n',
  ' ',
  '\t',
  '#',
  '# a "comment" with { and }\n',
  '"',
  '"a string"',
  '"with \\" a quote"',
  'Name = pollux\n',
  'Name = "pollux";',
  'Password = "secret-1"',
  '@/etc/bacula/more.conf\n',
  '@|"sh -c x"\n',
  '=',
  ';',
  'Maximum Volume Bytes = 4g',
  '\\',
  '\u00e4\u0000',
]

/** A small generator of numbers: the same seed gives the same texts. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function texts(count: number): string[] {
  const next = random(7)
  return Array.from({ length: count }, () =>
    Array.from({ length: Math.floor(next() * 30) }, () => pieces[Math.floor(next() * pieces.length)] ?? '').join(''),
  )
}

describe('a configuration', () => {
  it('is its pieces in a row, whatever stands in it', () => {
    for (const text of texts(5000)) expect(printTokens(tokensOf(text))).toBe(text)
  })

  it('keeps every byte in front of the console, and is as before without it', () => {
    const closed = texts(5000).filter((text) => resourcesOf(text) !== null && findConsole(text) === null)
    expect(closed.length).toBeGreaterThan(300)
    for (const text of closed) {
      const after = withConsole(text, 'p'.repeat(32))
      expect(after.startsWith(text)).toBe(true)
      const found = findConsole(after)
      // What ends inside a string or a comment cannot be written behind.
      if (found === null || found === 'many') continue
      expect(hasOurCommands(found)).toBe(true)
      expect(withoutConsole(after).replace(/\n+$/, '')).toBe(text.replace(/\n+$/, ''))
    }
  })

  it('is exactly as before where it ended with its line', () => {
    const text = 'Director {\n  Name = a-dir\n}\n'
    expect(withoutConsole(withConsole(text, 'p'.repeat(32)))).toBe(text)
    const more = `${withConsole(text, 'p'.repeat(32))}\nPool { Name = x }\n`
    expect(withoutConsole(more)).toBe(`${text}\n\nPool { Name = x }\n`)
  })

  it('shows no password', () => {
    const text = `Director {\n  Password = "a1-secret"\n  DbPassword=b2secret; Name = x # password = c3secret\n  password =\n "d4 secret"\n}\n`
    const shown = withoutPasswords(text)
    expect(shown).not.toMatch(/secret/)
    expect(shown).toContain('Name = x')
    expect(withoutPasswords(consoleResource('e5secret'.repeat(4)))).not.toMatch(/secret/)
  })
})

describe('the console', () => {
  it('is found by name alone, in any writing', () => {
    expect(findConsole('console{name=pollux;commandacl=status}')).not.toBeNull()
    expect(findConsole('Console { N a m e = "pollux" }')).not.toBeNull()
    expect(findConsole('# Console { Name = pollux }\n')).toBeNull()
    expect(findConsole('Console { Name = "pollux2" }')).toBeNull()
    expect(findConsole('Job { Name = "x" RunScript { Name = pollux } }')).toBeNull()
    expect(findConsole('Console { Name = pollux }\nConsole { Name = pollux }')).toBe('many')
  })

  it('has no command that reads or takes away everything', () => {
    for (const bad of ['sql', '.sql', 'sqlquery', 'delete', 'purge', 'restore', 'reload', '*all*'])
      expect(consoleCommands).not.toContain(bad)
  })

  it('is not ours with one command more', () => {
    const text = consoleResource('p'.repeat(32))
    const more = findConsole(text.replace('CommandACL = ', 'CommandACL = sql, '))
    expect(more !== null && more !== 'many' && hasOurCommands(more)).toBe(false)
  })
})
