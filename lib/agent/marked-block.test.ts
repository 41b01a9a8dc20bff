import fc from 'fast-check'
import { expect, it } from 'vitest'
import { appendBlock, blockIn, putBlock, removeBlock } from './marked-block'

const bytes = fc.oneof(
  fc.constantFrom('', '\n', '127.0.0.1 localhost\n', '127.0.0.1 localhost', 'a\n\n', '# >>> Pollux: other >>>\n'),
  fc.string({ maxLength: 40 }),
)
const text = fc
  .array(fc.stringMatching(/^[a-z0-9 .]{0,12}$/), { maxLength: 4 })
  .map((lines) => lines.map((l) => `${l}\n`).join(''))

it('leaves every other byte as it was, whatever was put into the block in between', () => {
  fc.assert(
    fc.property(bytes, text, text, (file, one, other) => {
      const put = putBlock(file, 'names', one)
      expect(put).toBe(appendBlock(file, 'names', one))
      expect(blockIn(put, 'names')).toBe(one)
      const again = putBlock(put, 'names', other)
      expect(blockIn(again, 'names')).toBe(other)
      expect(again).toBe(appendBlock(file, 'names', other))
      expect(removeBlock(again, 'names')).toBe(file)
    }),
  )
})

it('puts a text where the block stands, between the lines of others', () => {
  const file = `${appendBlock('first\n', 'names', 'a\n')}last\n`
  expect(putBlock(file, 'names', 'b\n')).toBe(file.replace('a\n', 'b\n'))
  expect(removeBlock(file, 'names')).toBe('first\nlast\n')
})

it('finds no block of another name, and none without an end', () => {
  expect(blockIn(appendBlock('', 'names of a', 'x\n'), 'names of')).toBeNull()
  expect(blockIn('# >>> Pollux: names >>>\nx\n', 'names')).toBeNull()
})
