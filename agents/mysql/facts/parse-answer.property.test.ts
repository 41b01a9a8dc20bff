import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAnswer } from './parse-answer'
import { MARK, SECTIONS } from './question'

/** As the client's batch mode writes a value (client/mysql.cc, safe_put_field). */
const written = (value: string | null) =>
  value === null
    ? 'NULL'
    : value.replace(/[\\\n\t\0]/g, (char) => ({ '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\0': '\\0' })[char] ?? char)

const mark = (name: string) => `${MARK}\t${name}\n${MARK}\t${name}\n`

// What a mark, an error's head or an escape is made of comes up more often than chance would have it.
const piece = fc.constantFrom(
  MARK,
  '\t',
  '\n',
  '\\n',
  '\\',
  '\0',
  '\r',
  'variables',
  'Level\tCode\tMessage',
  'NULL',
  'é',
  ' ',
)
const value = fc.oneof(
  fc.constant(null),
  fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 6 }).map((parts) => parts.join('')),
)
const rows = fc.array(fc.tuple(fc.constantFrom('1', '0'), value, value, value), { maxLength: 5 })

it('gives every value back as it was, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...SECTIONS), { maxLength: 4 }), fc.array(rows), (names, results) => {
      const sections = names.map((name, at) => [name, results[at] ?? []] as const)
      const text = sections.map(([name, all]) => {
        const lines = all.map((row) => row.map(written).join('\t'))
        return mark(name) + (lines.length > 0 ? `a\tb\tc\td\n${lines.join('\n')}\n` : '')
      })
      const answer = parseAnswer(text.join('') + mark('end'))
      expect(Object.keys(answer.sections).toSorted()).toEqual([...names].toSorted())
      for (const [name, all] of sections) {
        // The client writes NULL and a text of these letters alike.
        expect(answer.sections[name]?.results.rows).toEqual(
          all.map((row) => row.map((one) => (one === 'NULL' ? null : one))),
        )
        expect(answer.sections[name]?.error).toBeNull()
      }
    }),
  )
})
