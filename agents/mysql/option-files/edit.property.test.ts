import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OptionLine, parseOptionFile, printOptionFile } from './document'
import { type OptionWish, withOptions } from './edit'
import { withUnderscores } from './option-name'
import { anyFile, anyText, anyValue, optionName } from './testing/files'

const bare = (name: string) => withUnderscores(name).replace(/^loose_/, '')
const wishOf = fc.oneof(
  fc.record({ name: optionName, do: fc.constant('set' as const), value: anyValue }),
  fc.record({ name: optionName, do: fc.constant('flag' as const) }),
  fc.record({ name: optionName, do: fc.constant('remove' as const) }),
)

/** The lines of a group, with what each says. */
function optionsOf(bytes: string, group = 'mysqld'): OptionLine[] {
  let isIn = false
  return parseOptionFile(bytes).lines.filter((line): line is OptionLine => {
    if (line.kind === 'group') isIn = line.name.toLowerCase() === group
    return isIn && line.kind === 'option'
  })
}
const hasGroup = (bytes: string) =>
  parseOptionFile(bytes).lines.some((line) => line.kind === 'group' && line.name.toLowerCase() === 'mysqld')
const without = (bytes: string, wish: OptionWish) =>
  optionsOf(bytes)
    .filter(({ name }) => bare(name) !== bare(wish.name))
    .map(({ raw }) => raw.trimEnd())

/** Nothing when the file cannot be edited. */
function edited(bytes: string, wish: OptionWish): string | null {
  try {
    return printOptionFile(withOptions(parseOptionFile(bytes), 'mysqld', [wish]))
  } catch {
    return null
  }
}

describe('a file with one option set, replaced or removed', () => {
  it('says what was asked, and asked again it does not change', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: anyFile }, anyText), wishOf, (bytes, wish) => {
        const after = edited(bytes, wish)
        if (after === null) {
          expect(bytes).toMatch(/(?:^|\n)[ \t\r\f\v\xa0]*![^\n]*$/)
          return
        }
        const now = optionsOf(after).findLast(({ name }) => bare(name) === bare(wish.name))
        if (wish.do === 'remove') expect(now).toBeUndefined()
        else {
          expect(now?.value).toBe(wish.do === 'set' ? wish.value : null)
          expect(withUnderscores(now?.name ?? '')).toBe(withUnderscores(wish.name))
        }
        expect(edited(after, wish)).toBe(after)
      }),
      { numRuns: 3000 },
    )
  })

  it('has every other byte as it was', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: anyFile }, anyText), wishOf, (bytes, wish) => {
        const after = edited(bytes, wish)
        if (after === null) return
        expect(without(after, wish)).toEqual(without(bytes, wish))
        const touched = (text: string) => optionsOf(text).filter(({ name }) => bare(name) === bare(wish.name))
        const rest = (text: string) => {
          const gone = new Set(touched(text).map(({ line }) => line))
          return parseOptionFile(text)
            .lines.filter(({ line }) => !gone.has(line))
            .map(({ raw }) => raw)
            .join('')
        }
        // All but the touched lines, and a new group with the line end before it.
        const before = rest(bytes)
        if (rest(after) === before) return
        expect(touched(bytes)).toEqual([])
        expect(rest(after).replace(/[\r\n]/g, '')).toBe(
          before.replace(/[\r\n]/g, '') + (hasGroup(bytes) ? '' : '[mysqld]'),
        )
        expect(rest(after).startsWith(before)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})
