import { describe, expect, it } from 'vitest'
import { QUESTION, questionArgv, SECTIONS } from './question'

const statements = QUESTION.split('\n')

describe('the question', () => {
  it('is one statement a line: the client goes on behind a failed one at the next line', () => {
    for (const statement of statements) expect(statement).toMatch(/^[^;]+;$/)
  })

  it('only reads', () => {
    const writes =
      /\b(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|GRANT|FLUSH|KILL|INTO|LOCK|PERSIST|LOAD)\b/i
    for (const statement of statements) {
      expect(statement).toMatch(/^(?:SELECT|SHOW|SET @pollux|PREPARE pollux FROM @pollux_text|EXECUTE pollux)/)
      expect(statement).not.toMatch(writes)
      expect(statement).not.toMatch(/GLOBAL \w+ *=|@@global/i)
    }
  })

  it('asks after each section what went wrong in it, and marks the next', () => {
    const marks = statements.flatMap((line, at) => (line.startsWith("SELECT '@@pollux'") ? [at] : []))
    expect(marks).toHaveLength(SECTIONS.length + 1)
    for (const at of marks.slice(1)) expect(statements[at - 1]).toBe('SHOW ERRORS;')
    expect(statements.at(-1)).toContain("'end'")
  })

  it('has no two columns alone in a section whose first a person chose', () => {
    // A row of such a section could pass for a mark.
    for (const line of statements.filter((one) => /information_schema\.(?:TABLES|PROCESSLIST)|mysql\.user/.test(one)))
      expect(line).toMatch(/^SET |^SELECT (?:COUNT|TABLE_ROWS|User = '')/)
  })

  it('needs nothing quoted that a shell or the client would take otherwise', () => {
    expect(QUESTION).toMatch(/^[\x20-\x7e\n]+$/)
    expect(QUESTION).not.toMatch(/[\\"`#]/)
  })
})

describe('the client', () => {
  const words = questionArgv('mariadb', '/run/mysqld/mysqld.sock')

  it('reads no option file', () => expect(words[1]).toBe('--no-defaults'))

  it('is told to go on behind the question, which switches it off', () => {
    expect(words.indexOf('--force')).toBeGreaterThan(words.indexOf('-e'))
  })

  it('escapes what it writes', () => expect(words).not.toContain('--raw'))
})
