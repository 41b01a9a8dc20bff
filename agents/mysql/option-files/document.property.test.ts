import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOptionFile, printOptionFile } from './document'
import { joinParts, partsOf } from './line-parts'
import { anyFile, anyText, anyValue } from './testing/files'
import { readValue, writeValue } from './value'

describe('any text', () => {
  it('is printed as it was parsed', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyFile), (bytes) => {
        expect(printOptionFile(parseOptionFile(bytes))).toBe(bytes)
      }),
      { numRuns: 3000 },
    )
  })

  it('is cut into pieces without a loss', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyFile), (bytes) => {
        for (const { raw } of parseOptionFile(bytes).lines) expect(joinParts(partsOf(raw))).toBe(raw)
      }),
      { numRuns: 1500 },
    )
  })
})

it('a value that is written is read back, with and without a comment behind it', () => {
  fc.assert(
    fc.property(anyValue, fc.constantFrom('', ' # why', '#', ' # don\'t "x', '\t'), (value, tail) => {
      const raw = `a = ${writeValue('a', value)}${tail}\n`
      const [, line] = parseOptionFile(`[g]\n${raw}`).lines
      expect(line).toMatchObject({ kind: 'option', name: 'a', value })
      expect(readValue(writeValue('a', value))).toBe(value)
    }),
    { numRuns: 3000 },
  )
})

it.each(['a\nb', 'a\0', '\r', '\x7f', 'é€'])('%j is no value', (value) => {
  expect(() => writeValue('a', value)).toThrow()
})
